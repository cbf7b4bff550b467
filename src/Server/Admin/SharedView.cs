using Footfall.Core.Reports;

namespace Footfall.Server.Admin;

/// <summary>What a shared link or an embed token opens: the reports of one site, narrowed by filters that the holder cannot take off.</summary>
public sealed record SharedView(int Site, IReadOnlyList<FilterRequest> Filters);
