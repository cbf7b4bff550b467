import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/page.css'
import './styles/parts.css'
import './styles/data.css'
import './styles/site.css'
import './styles/panels.css'
import './styles/settings.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { ApiError } from './api/ApiError'
import { beginLoading } from './pages'
import { applyTheme } from './state/theme'

beginLoading(location.pathname)
applyTheme()

const queries = new QueryClient({
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
