using System.Collections.Concurrent;
using System.Security.Cryptography;
using Footfall.Core.Accounts;
using Footfall.Server.Admin;
using OtpNet;
using QRCoder;

namespace Footfall.Server.People;

/// <summary>Time-based one-time passwords (RFC 6238) and recovery codes. A code works once, and half a minute either side of its time.</summary>
public sealed class SecondFactors(IPeople people, TimeProvider clock)
{
    const int RecoveryCodes = 10;
    const int RecoveryCodeBytes = 10;

    static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(15);

    /// <summary>Secrets that were shown and not yet confirmed; after a restart it is begun anew.</summary>
    readonly ConcurrentDictionary<int, (byte[] Secret, DateTimeOffset ShownAt)> _shown = new();

    public SecondFactorDocument Begin(Member member)
    {
        var secret = RandomNumberGenerator.GetBytes(20);
        _shown[member.Id] = (secret, clock.GetUtcNow());
        var uri = new OtpUri(OtpType.Totp, secret, member.Email, "Footfall").ToString();
        using var code = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return new SecondFactorDocument(Base32Encoding.ToString(secret), uri, picture.GetGraphic(4));
    }

    /// <summary>Turns the second factor on with a code of the app, and gives the recovery codes; null when the code is wrong or too late.</summary>
    public IReadOnlyList<string>? Confirm(Member member, string code)
    {
        if (!_shown.TryGetValue(member.Id, out var shown) || clock.GetUtcNow() - shown.ShownAt > ConfirmWithin || !Matches(shown.Secret, member.Id, code))
            return null;
        _shown.TryRemove(member.Id, out _);
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode()).ToList();
        people.SetRecoveryCodes(member.Id, [.. codes.Select(Secrets.HashOf)]);
        people.UpdateMember(member with { SecondFactor = shown.Secret });
        return codes;
    }

    public void TurnOff(Member member)
    {
        people.SetRecoveryCodes(member.Id, []);
        people.UpdateMember(member with { SecondFactor = null });
    }

    /// <summary>Whether a code is the app's present one or a recovery code; each works once.</summary>
    public bool Spend(Member member, string code)
    {
        var text = code.Trim().ToLowerInvariant();
        return member.SecondFactor is { } secret && (Matches(secret.ToArray(), member.Id, text) || people.SpendRecoveryCode(member.Id, Secrets.HashOf(text)));
    }

    bool Matches(byte[] secret, int member, string code) =>
        new Totp(secret).VerifyTotp(clock.GetUtcNow().UtcDateTime, code.Replace(" ", "", StringComparison.Ordinal), out var step, VerificationWindow.RfcSpecifiedNetworkDelay)
        && people.SpendStep(member, step);

    /// <summary>Such as <c>abcd-efgh-ijkl-mnop</c>.</summary>
    static string NewRecoveryCode() => string.Join('-',
        Base32Encoding.ToString(RandomNumberGenerator.GetBytes(RecoveryCodeBytes)).ToLowerInvariant().Chunk(4).Select(letters => new string(letters)));
}
