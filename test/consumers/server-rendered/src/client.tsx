import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App } from './App';

const root = document.getElementById('root')!;

hydrateRoot(
  root,
  <StrictMode>
    {/* The frame that the server wrote stays as it is: the browser need not have its markup. */}
    <App frame={root.dataset.frame === undefined ? undefined : ''} />
  </StrictMode>,
);
