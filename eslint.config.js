import tseslint from 'typescript-eslint';

/** Lightning traps, each met in core 2.20.3; the rule's message is the reason. */
const lightningBans = [
  {
    selector: 'Property[key.name="advancedRenderer"]',
    message: 'advancedRenderer swallows circled digits ①②③: they are its internal control codes.',
  },
  {
    selector: 'Property[key.name="letterSpacing"]',
    message: 'letterSpacing is not scaled while wrapping: lines break early at 720p.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'build/',
      'data/',
      'node_modules/',
      'media-manifests/',
      'src/domain/catalogue/compiled-checks.js',
    ],
  },
  tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/tv/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...lightningBans] },
  },
  {
    files: ['src/tv/**/*.ts', 'src/phone/**/*.ts', 'src/domain/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
);
