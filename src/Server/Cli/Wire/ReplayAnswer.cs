namespace Footfall.Server.Cli.Wire;

/// <summary>What became of hits that were tried again.</summary>
public sealed record ReplayAnswer(long Passed, long Failed, long Elsewhere);
