import './styles/tokens.css';
import './styles/base.css';
import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createClient } from './app/client.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <ApolloProvider client={createClient('/graphql')}>
      <App />
    </ApolloProvider>
  </StrictMode>,
);
