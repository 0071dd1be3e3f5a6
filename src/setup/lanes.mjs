/**
 * The end-to-end tests in two lanes that run beside each other. Browsers mostly wait for a video to play or a picture
 * to come; the service's own suites use the processor meanwhile. What is not listed runs in the browsers' lane.
 *
 * @type {{ service: string[] }} patterns as Vitest takes them
 */
export const lanes = {
  service: [
    'tests/e2e/{adl-suite,app-bundle,deploy-nginx,groups,migrations-forward,people,phone-links,roster}.test.ts',
    'tests/e2e/{service,xapi}-*.test.ts',
    'tests/e2e/{consistent-through,sofa-accounting,start-command}.test.ts',
    // Old browsers, to share the waiting out evenly.
    'tests/e2e/compat/*.test.ts',
  ],
};
