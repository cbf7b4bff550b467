using System.Text.Json;
using System.Text.Json.Serialization;

namespace Footfall.Core.Sites;

/// <summary>A site's settings as every catalog stores them: JSON, in which fields left out have their default.</summary>
public static class SiteSettingsText
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter<AddressPrivacy>(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Of(SiteSettings settings) => settings == SiteSettings.Default ? "{}" : JsonSerializer.Serialize(settings, Json);

    /// <summary>Most sites have the default settings; they share one object, so that a million of them fit in memory.</summary>
    public static SiteSettings Read(string text) =>
        text == "{}" ? SiteSettings.Default : JsonSerializer.Deserialize<SiteSettings>(text, Json) ?? SiteSettings.Default;
}
