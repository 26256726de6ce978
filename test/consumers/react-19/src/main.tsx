import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ByComponent } from './ByComponent';
import { BySessionUrl } from './BySessionUrl';
import { ByTag } from './ByTag';

const pages = new Map([
  ['/by-session-url', BySessionUrl],
  ['/by-tag', ByTag],
]);
const Page = pages.get(location.pathname) ?? ByComponent;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
