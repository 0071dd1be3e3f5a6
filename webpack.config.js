import path from 'node:path';
import CompressionPlugin from 'compression-webpack-plugin';
import CopyPlugin from 'copy-webpack-plugin';
import { EsbuildPlugin } from 'esbuild-loader';
import HtmlPlugin from 'html-webpack-plugin';
import { readFileSync } from 'node:fs';
import webpack from 'webpack';
import zlib from 'node:zlib';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
/** @param {string[]} parts */
const here = (...parts) => path.resolve(import.meta.dirname, ...parts);

/** The oldest browser promised: the published floor of the product. */
const floor = 'chrome64';

/** Dependencies that ship newer syntax than the floor knows. */
const transpiled = [
  '@lightningjs',
  '@metrological',
  'localcookies',
  'i18next',
  'linebreak',
  'unicode-trie',
  '@cfworker',
  'idb',
  'uuid',
];

/** What every browser takes, and what newer ones take instead, beside each text file. */
const compressed = () => [
  new CompressionPlugin({ test: texts, filename: '[path][base].gz', minRatio: 0.95 }),
  new CompressionPlugin({
    test: texts,
    algorithm: 'brotliCompress',
    compressionOptions: /** @type {import('node:zlib').BrotliOptions} */ ({
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 10 },
    }),
    filename: '[path][base].br',
    minRatio: 0.95,
  }),
];
const texts = /\.(js|json|html|svg|css)$/;

/** @type {import('webpack').Configuration} */
const tv = {
  name: 'tv',
  target: ['web', 'es2017'],
  entry: './src/tv/boot/index.ts',
  output: {
    path: here('build/tv'),
    filename: 'app.[contenthash:8].js',
    chunkFilename: '[name].[contenthash:8].js',
    publicPath: '',
    clean: true,
  },
  // No `extensionAlias`: Lightning core ships .ts beside .js.
  resolve: { extensions: ['.ts', '.mjs', '.js'] },
  module: {
    rules: [
      {
        test: /\.(ts|m?js)$/,
        include: [here('src'), ...transpiled.map((name) => here('node_modules', name))],
        loader: 'esbuild-loader',
        options: { target: floor },
        resolve: { fullySpecified: false },
      },
      // The SDK does not say so itself, but its modules only define things: unused ones may go.
      { test: /[\\/](@lightningjs|@metrological)[\\/]/, sideEffects: false },
    ],
  },
  optimization: {
    // The hls.js build carries its own worker as text: minifying it again breaks it.
    minimizer: [new EsbuildPlugin({ target: floor, exclude: /^hls\./ })],
  },
  plugins: [
    // The SDK's Launch imports all its plugins; what is never configured need not be fetched by a village box.
    new webpack.NormalModuleReplacementPlugin(
      /^(@metrological\/sdk|\.\.\/Router|\.\.\/MediaPlayer|\.\.\/Storage)$/,
      (resource) => {
        if (/[\\/]@lightningjs[\\/]sdk[\\/]/.test(resource.context))
          resource.request = here('src/tv/boot/sdk-plugins-off.ts');
      },
    ),
    new webpack.DefinePlugin({ APP_VERSION: JSON.stringify(version) }),
    new HtmlPlugin({ template: './static/index.html', scriptLoading: 'blocking', inject: 'body' }),
    new CopyPlugin({
      patterns: [
        { from: 'static', to: 'static', globOptions: { ignore: ['**/index.html'] }, noErrorOnMissing: true },
        { from: 'settings.json', to: 'settings.json' },
      ],
    }),
    ...compressed(),
  ],
  performance: { hints: false },
  stats: 'errors-warnings',
};

/** Pages that a phone opens; each is one small script. */
const phonePages = ['bind', 'branch', 'check-in', 'minutes', 'my-record', 'paper'];

/** @type {import('webpack').Configuration} */
const phone = {
  name: 'phone',
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

export default [tv, phone, service];
