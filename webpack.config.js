import path from 'node:path';
import CopyPlugin from 'copy-webpack-plugin';
import { EsbuildPlugin } from 'esbuild-loader';
import HtmlPlugin from 'html-webpack-plugin';
import { compressed } from './src/setup/bundles/compressed.js';
import { cache, legacy, modern } from './src/setup/bundles/tv.js';

/** @param {string[]} parts */
const here = (...parts) => path.resolve(import.meta.dirname, ...parts);

/** The oldest browser promised for phones. */
const floor = 'chrome64';

/** Pages that a phone opens; each is one small script. */
const phonePages = ['bind', 'branch', 'check-in', 'minutes', 'my-record', 'paper'];

/** @type {import('webpack').Configuration} */
const phone = {
  name: 'phone',
  cache: cache('phone'),
  target: ['web', 'es2017'],
  entry: Object.fromEntries(phonePages.map((name) => [name, `./src/phone/pages/${name}.ts`])),
  output: { path: here('build/phone'), filename: '[name].[contenthash:8].js', publicPath: '', clean: true },
  resolve: { extensions: ['.ts', '.js'] },
  module: {
    rules: [
      { test: /\.ts$/, loader: 'esbuild-loader', options: { target: floor } },
      { test: /[\\/]uuid[\\/].*\.js$/, loader: 'esbuild-loader', options: { target: floor } },
      // Only the making of check-in codes needs it, which is no phone's business.
      { test: /[\\/]@stablelib[\\/]/, sideEffects: false },
    ],
  },
  optimization: { minimizer: [new EsbuildPlugin({ target: floor })] },
  plugins: [
    ...phonePages.map(
      (name) =>
        new HtmlPlugin({
          template: './src/phone/phone.html',
          filename: `${name}.html`,
          chunks: [name],
          scriptLoading: 'defer',
        }),
    ),
    new CopyPlugin({ patterns: [{ from: 'src/phone/phone.css', to: 'phone.css' }] }),
    ...compressed(),
  ],
  performance: { hints: false },
  stats: 'errors-warnings',
};

/** @type {import('webpack').Configuration} */
const service = {
  name: 'service',
  cache: cache('service'),
  target: 'node20',
  entry: './src/service/main.ts',
  output: { path: here('build/service'), filename: 'main.js', module: true, clean: true },
  experiments: { outputModule: true },
  externalsType: 'module',
  // Everything from node_modules stays there; only our own sources are bundled.
  externals: [
    ({ request }, done) =>
      /^[./]/.test(request ?? '') || path.isAbsolute(request ?? '') ? done() : done(null, request),
  ],
  resolve: { extensions: ['.ts', '.js'] },
  module: { rules: [{ test: /\.ts$/, loader: 'esbuild-loader', options: { target: 'node20' } }] },
  optimization: { minimize: false },
  devtool: 'source-map',
  stats: 'errors-warnings',
};

/**
 * One build alone (`--config-name tv`) waits for no other: the page then names the legacy bundle that is there.
 *
 * @param {unknown} _env
 * @param {{ configName?: string[] }} options
 * @returns {import('webpack').Configuration[]}
 */
export default (_env, { configName }) => [
  legacy,
  configName ? { ...modern, dependencies: [] } : modern,
  phone,
  service,
];
