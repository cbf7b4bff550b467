using System.Net;
using Footfall.Core.Enrichment;

namespace Footfall.Tests.Simulation;

/// <summary>Enrichment without data files: an agent called "bot" is one, every address is in one place.</summary>
sealed class StillAgents : IUserAgents, IGeography
{
    public static EnrichmentRules Rules { get; } = new(new StillAgents(), new StillAgents(), KnownSources.Bundled);

    string IUserAgents.Version => "simulated";

    string? IGeography.Version => "simulated";

    public string? Attribution => null;

    public Device Describe(string userAgent) => Device.Unknown;

    public string? BotReason(string userAgent) => userAgent == "bot" ? "simulated" : null;

    public Place Find(IPAddress address) => new("DE", "Berlin", "Berlin");
}
