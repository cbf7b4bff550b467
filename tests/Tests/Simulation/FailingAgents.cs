using System.Net;
using Footfall.Core.Enrichment;

namespace Footfall.Tests.Simulation;

/// <summary>As <see cref="StillAgents"/>, but a step that asks for the device of a bot may fail.</summary>
/// <param name="fault">What it fails with this time; null lets it pass.</param>
sealed class FailingAgents(Func<Exception?> fault) : IUserAgents, IGeography
{
    public EnrichmentRules Rules => new(this, this, KnownSources.Bundled);

    string IUserAgents.Version => "simulated";

    string? IGeography.Version => "simulated";

    public string? Attribution => null;

    public Device Describe(string userAgent) => userAgent == "bot" && fault() is { } why ? throw why : Device.Unknown;

    public string? BotReason(string userAgent) => userAgent == "bot" ? "simulated" : null;

    public Place Find(IPAddress address) => new("DE", "Berlin", "Berlin");
}
