using System.Text.Json;

namespace Footfall.Server.Cli.Wire;

/// <summary>What the API is asked to make a site of. Settings that are not named keep their defaults.</summary>
public sealed record NewSite(IReadOnlyList<string> Domains, string TimeZone, string Currency, IReadOnlyDictionary<string, JsonElement> Settings);
