namespace Footfall.Core.Enrichment;

/// <summary>What a user-agent header tells. Implementations answer from rules with a version, are thread-safe and never throw.</summary>
public interface IUserAgents
{
    /// <summary>Names and versions of browser and system, and the class of the device. Unknown parts are <see cref="Device.Unknown"/>'s.</summary>
    Device Describe(string userAgent);

    /// <summary>Why the agent is a bot (such as <c>crawler: Googlebot</c>), or null for a person's browser or app. An empty agent is a bot.</summary>
    string? BotReason(string userAgent);

    /// <summary>Names and versions of the rules, for the definition version and for doctor.</summary>
    string Version { get; }
}
