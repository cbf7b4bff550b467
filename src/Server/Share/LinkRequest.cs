using Footfall.Core.Reports;

namespace Footfall.Server.Share;

/// <param name="Name">Whom the link is for.</param>
/// <param name="Filters">Narrow every report that the link shows.</param>
sealed record LinkRequest(string? Name, string? Password, IReadOnlyList<FilterRequest>? Filters);
