import { testApp } from './apps.js';

testApp({ name: 'react-18', paths: ['/', '/by-session-url'], isStricter: true });
testApp({ name: 'react-19', paths: ['/', '/by-session-url', '/by-tag'], isStricter: true });
