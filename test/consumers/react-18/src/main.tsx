import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ByComponent } from './ByComponent';
import { BySessionUrl } from './BySessionUrl';

const Page = location.pathname === '/by-session-url' ? BySessionUrl : ByComponent;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
