namespace Footfall.Server.Cli.Wire;

/// <summary>Whom to forget.</summary>
public sealed record ForgetQuestion(string Site, string? Visitor, string? User);
