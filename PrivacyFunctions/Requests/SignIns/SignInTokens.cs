using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>
/// Reads the tokens of the company's sign-in (JSON Web Tokens, RFC 7519). It takes those alone that are signed by one of the company's keys, for
/// this app, for ten minutes at most. Never throws for what a stranger sends.
/// </summary>
internal sealed class SignInTokens(IOptions<SignInOptions> options, People people, TimeProvider time, ILogger<SignInTokens> log)
{
    /// <summary>How long a token may be good for.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    private const int Longest = 4000;
    private const int LongestId = 200;

    // Clocks of two companies differ.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly Lazy<TokenValidationParameters> _checks = new(() => ChecksOf(options.Value));

    /// <summary>What a token says, also one that is too old, which then proves nothing; null for what is none of the company's, and where there is no sign-in.</summary>
    public async Task<SignIn?> ReadAsync(string text)
    {
        if (text.Length is 0 or > Longest || !Handler.CanReadToken(text)) return null;
        try
        {
            if (!options.Value.IsOn()) return null;
            var read = await Handler.ValidateTokenAsync(text, _checks.Value);
            return read is { IsValid: true, SecurityToken: JsonWebToken token } ? Of(token) : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
        catch (Exception gone) when (gone is StartRefusal or OptionsValidationException)
        {
            log.LogError("The keys that SignIn:Keys names could be read at the start and cannot any more, so no sign-in counts.");
            return null;
        }
    }

    /// <summary>Whether a token is too old to prove anything.</summary>
    public bool IsOver(SignIn signIn) => signIn.Until <= time.GetUtcNow();

    // An extension that must be understood (RFC 7515, 4.1.11) is none that we know.
    private SignIn? Of(JsonWebToken token)
    {
        if (token.TryGetHeaderValue<object>("crit", out _)
            || !token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Jti, out var id) || id is not { Length: > 0 and <= LongestId }
            || token.Audiences.Count() != 1 // whoever else it is for could use it here
            || !PersonId.TryParse(Text(token, JwtRegisteredClaimNames.Sub), out var person)
            || !EmailAddress.TryParse(Text(token, JwtRegisteredClaimNames.Email), out var address)
            || !token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var from)
            || !token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var until))
            return null;
        var latest = (time.GetUtcNow() + Leeway).ToUnixTimeSeconds();
        if (from <= 0 || from > latest || until <= from || until - from > LongestLife.TotalSeconds) return null;
        if (token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Nbf, out var notBefore) && notBefore > latest) return null;
        var key = WebEncoders.Base64UrlEncode(people.Derive("sign-in", id));
        return new(key, person, address, DateTimeOffset.FromUnixTimeSeconds(until));
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) ? text : null;

    // The times are looked at by our own clock, which the local host moves.
    private static TokenValidationParameters ChecksOf(SignInOptions options) => new()
    {
        ValidIssuer = options.Issuer, ValidAudience = options.Audience, ValidAlgorithms = SignInKeys.Algorithms,
        IssuerSigningKeys = SignInKeys.TryRead(options.Keys, out var keys, out var mistake) ? keys : throw new StartRefusal(mistake),
        ValidateLifetime = false,
    };
}
