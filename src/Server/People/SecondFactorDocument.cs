namespace Footfall.Server.People;

/// <summary>What a person's app must know, to be confirmed by a code of it.</summary>
/// <param name="Secret">In base 32, to be typed in.</param>
/// <param name="Uri">The same for an app, as <c>otpauth:</c>.</param>
/// <param name="QrSvg">The same as a picture.</param>
public sealed record SecondFactorDocument(string Secret, string Uri, string QrSvg);
