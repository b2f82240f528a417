import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';
import prettier from 'eslint-config-prettier';

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'coverage/',
      '**/dist/',
      'shopware-app/',
      'magento-bridge/',
      'sidecar/admin-ui/src/api/openapi.d.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.mjs', 'sidecar/admin-ui/*.mts', 'docs/.vitepress/*.mts', 'docs/.vitepress/theme/*.mts'],
        },
        tsconfigRootDir: import.meta.dirname,
        parser: tseslint.parser,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['sidecar/admin-ui/**/*.{ts,vue}'],
    rules: {
      // The types know better what a browser has.
      'no-undef': 'off',
      'vue/multi-word-component-names': 'off',
      // What vue-i18n and our own composables return is made to be taken apart.
      '@typescript-eslint/unbound-method': 'off',
      // A generic type of a component is unknown to the linter.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.mts'], ...tseslint.configs.disableTypeChecked },
  prettier,
);
