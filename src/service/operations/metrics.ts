import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const registry = new Registry();
const registers = [registry];
collectDefaultMetrics({ register: registry });

/**
 * The process's figures for Prometheus. Labels name routes and results, never a person, a box or an address.
 * Counters that grow within a transaction may count a decision twice if its commit had to be repeated.
 *
 * Source: https://prometheus.io/docs/practices/naming/
 */
export const metrics = {
  registry,
  requests: new Counter({
    name: 'http_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'],
    registers,
  }),
  requestSeconds: new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  }),
  statementsStored: new Counter({
    name: 'study_credit_statements_stored_total',
    help: 'New statements that were committed; one that is sent again is not counted again',
    registers,
  }),
  checkpoints: new Counter({
    name: 'study_credit_checkpoints_total',
    help: 'Checkpoints by what became of them',
    labelNames: ['result'],
    registers,
  }),
  creditDecisions: new Counter({
    name: 'study_credit_credit_decisions_total',
    help: 'Lessons judged on the arrival of evidence, by how they stand',
    labelNames: ['result'],
    registers,
  }),
  ledgerEntries: new Counter({
    name: 'study_credit_ledger_entries_total',
    help: 'Lines added to the ledger',
    registers,
  }),
  queueDepth: new Gauge({
    name: 'study_credit_write_queue_depth',
    help: 'Writes that wait for their transaction',
    registers,
  }),
  groupSize: new Histogram({
    name: 'study_credit_write_group_size',
    help: 'Writes that shared one transaction',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
    registers,
  }),
  commitSeconds: new Histogram({
    name: 'study_credit_write_commit_seconds',
    help: 'Time from the beginning of a transaction to its commit',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  }),
  forwardingLagSeconds: new Gauge({
    name: 'study_credit_forwarding_lag_seconds',
    help: 'Age of the oldest statement that the other store does not have yet; 0 without forwarding',
    registers,
  }),
  forwardingLagRows: new Gauge({
    name: 'study_credit_forwarding_lag_rows',
    help: 'Statements that the other store does not have yet; counted up to 100,000',
    registers,
  }),
  forwardingQuarantined: new Gauge({
    name: 'study_credit_forwarding_quarantined_rows',
    help: 'Statements that the other store refused',
    registers,
  }),
  databaseUp: new Gauge({
    name: 'study_credit_database_up',
    help: 'Whether the database answers and has the schema of this version',
    registers,
  }),
} as const;
