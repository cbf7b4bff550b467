using Footfall.Core.Reports;

namespace Footfall.Server.Share;

/// <summary>What a shared link or an embed token shows.</summary>
/// <param name="Name">Whom the link is for; empty for an embed token.</param>
/// <param name="Filters">Narrow every report, whatever is asked.</param>
sealed record SharedDocument(SharedSite Site, string Name, bool PasswordRequired, IReadOnlyList<FilterRequest> Filters);
