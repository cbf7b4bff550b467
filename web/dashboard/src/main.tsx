import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/page.css'
import './styles/parts.css'
import './styles/data.css'
import './styles/site.css'
import './styles/panels.css'
import './styles/settings.css'
import './styles/debugger.css'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { ApiError } from './api/ApiError'
import { beginLoading } from './pages'
import { applyTheme } from './state/theme'

beginLoading(location.pathname)
applyTheme()

// A person whose session has ended meanwhile is asked to sign in again, by whoever guards the page.
const answers = new QueryCache({
  onError: (error, query) => {
    if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== 'session')
      queries.invalidateQueries({ queryKey: ['session'] })
  },
})

const queries: QueryClient = new QueryClient({
  queryCache: answers,
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refuses it will refuse again; what it could not answer it may answer soon.
      retry: (count, error) => count < 2 && error instanceof ApiError && (error.status >= 500 || error.status === 429),
    },
  },
})

const root = document.getElementById('app')
if (!root) throw new Error('The page has no element for the dashboard.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
