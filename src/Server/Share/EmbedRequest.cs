using Footfall.Core.Reports;

namespace Footfall.Server.Share;

/// <param name="Filters">Narrow every report that the token shows.</param>
/// <param name="ExpiresInSeconds">An hour when left out.</param>
sealed record EmbedRequest(IReadOnlyList<FilterRequest>? Filters, int? ExpiresInSeconds);
