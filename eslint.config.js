import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Who may print: the command, and what runs on a developer's machine. */
const PRINTING = ['src/cli/**', 'scripts/**', 'bench/**', 'fixtures/generate/**', 'test/**'];

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'fixtures/sophon-*/', 'src/**/wasm/assembly/', 'src/**/wasm/compiled.ts']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Typed arrays and ids of rows: loops by index are the clearest there.
      '@typescript-eslint/prefer-for-of': 'off',
      // Doing nothing is a way of implementing an interface.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // `!` only stands where a line before has made sure.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: PRINTING, rules: { 'no-console': 'off' } },
);
