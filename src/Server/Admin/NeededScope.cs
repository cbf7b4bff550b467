using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>What a route's caller must be allowed to do.</summary>
sealed record NeededScope(ApiScopes Scope);
