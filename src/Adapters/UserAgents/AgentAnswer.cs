using Footfall.Core.Enrichment;

namespace Footfall.Adapters.UserAgents;

/// <summary>All that is known of one agent.</summary>
sealed record AgentAnswer(Device Device, string? BotReason);
