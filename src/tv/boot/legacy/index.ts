/** The app for old engines: first what they lack beside the language, then the app itself. */
import 'whatwg-fetch';
import './image-data.ts';
import '../index.ts';
