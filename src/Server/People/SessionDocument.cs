using System.Text.Json.Serialization;

namespace Footfall.Server.People;

/// <summary>Who is signed in; when nobody is, only whether anybody could be.</summary>
/// <param name="Csrf">To be sent as X-Csrf-Token with every change.</param>
/// <param name="FirstStart">Nobody has signed up yet.</param>
sealed record SessionDocument(
    bool SignedIn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PersonDocument? User = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AccountDocument? Account = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Csrf = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? FirstStart = null);
