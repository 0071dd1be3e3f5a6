/** The rules of the house: what may import what. One rule per sentence of the README's "Layers". */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'domain imports nothing from other rooms and no platform API: time, storage, randomness are handed in',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { path: ['^src/(?!domain)', '^node:', '^(fs|path|http|crypto)$'] },
    },
    {
      name: 'domain-has-few-libraries',
      comment: 'domain may use pure libraries only',
      severity: 'error',
      from: { path: '^src/domain' },
      to: {
        path: 'node_modules/(?!(typebox|@cfworker/json-schema|@stablelib|uuid|linebreak|bcp-47|ajv-formats)/)',
      },
    },
    {
      name: 'rooms-do-not-meet',
      comment: 'tv, service, phone and curator never import each other; what they share is in domain',
      severity: 'error',
      from: { path: '^src/(tv|service|phone|curator)/' },
      to: { path: '^src/(tv|service|phone|curator|setup)/', pathNot: '^src/$1/' },
    },
    {
      name: 'lightning-on-screen-only',
      comment:
        'only the screen imports Lightning, so playback, study and catalogue run and test without a canvas',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tv/(app|pages|ui|boot)/' },
      to: { path: 'node_modules/@lightningjs/' },
    },
    {
      name: 'pages-get-their-services',
      comment:
        'pages and ui never reach a service module at run time: the composition root (boot) hands services in',
      severity: 'error',
      from: { path: '^src/tv/(pages|ui|app)/' },
      // Finding a cue or a chapter is arithmetic, not a service.
      to: {
        path: '^src/tv/(boot|catalogue|study|identity|player)/',
        pathNot: '^src/tv/player/(captions|chapters)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-knows-no-page',
      severity: 'error',
      from: { path: '^src/tv/ui/' },
      to: { path: '^src/tv/(pages|app)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/setup/', '(sdk-plugins|lightning-parts)-off'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
