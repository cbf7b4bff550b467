namespace Footfall.Server.Admin;

/// <summary>The rules that user agents are read by.</summary>
sealed record UserAgentStatus(string Version);
