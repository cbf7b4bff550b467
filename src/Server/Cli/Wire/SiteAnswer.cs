using System.Text.Json;

namespace Footfall.Server.Cli.Wire;

/// <summary>A site as the API tells it.</summary>
public sealed record SiteAnswer(int Id, IReadOnlyList<string> Domains, string TimeZone, string Currency, JsonElement Settings);
