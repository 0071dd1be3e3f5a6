import fc from 'fast-check';

// A red run then means changed code, not another draw; FC_SEED=… looks at other cases.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261122) });
