using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.LocalHost.Sample;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The company's sign-in, as tests need it: tokens for whomever, with whatever may be wrong with them.</summary>
internal static class SigningIn
{
    /// <summary>A token for a person, by the key of the host's own company.</summary>
    /// <param name="host">Where the company is.</param>
    /// <param name="address">What it says of the mailbox.</param>
    /// <param name="person">What it says of the person.</param>
    /// <param name="but">What else it says.</param>
    /// <param name="by">By what else it is signed.</param>
    /// <param name="mustUnderstand">The extension that whoever reads it has to understand; null for none.</param>
    public static async Task<string> TokenAsync(
        this OwnClockHost host, string address, string person, Action<Dictionary<string, object>>? but = null, SigningCredentials? by = null,
        string? mustUnderstand = null)
    {
        var now = (await host.NowAsync()).ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = SampleSignIn.Issuer, ["aud"] = SampleSignIn.Audience, ["jti"] = Guid.NewGuid().ToString("N"), ["sub"] = person, ["email"] = address,
            ["iat"] = now, ["exp"] = now + 600,
        };
        but?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims), by ?? new(host.Key(), SecurityAlgorithms.EcdsaSha256),
            mustUnderstand is null ? new Dictionary<string, object>() : new() { ["crit"] = new[] { mustUnderstand }, [mustUnderstand] = true });
    }

    /// <summary>Asks with a token, as a program; the answer to it.</summary>
    public static async Task<JsonElement> AskSignedInAsync(
        this OwnClockHost host, string address, string token, string right = "access", string? submission = null, string? residence = null)
    {
        using var answer = await host.App.PostAsJsonAsync($"requests/{right}", new { email = address, signIn = token, submission, residence });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static bool IsBySignIn(this JsonElement answer) => answer.GetProperty("confirmedBySignIn").GetBoolean();

    /// <summary>By what the mailbox of a case was proven when it was asked; null if by nothing.</summary>
    public static string? Proof(this JsonElement view) =>
        view.GetProperty("case").TryGetProperty("proof", out var proof) ? proof.GetString() : null;

    /// <summary>The key by which the company signs.</summary>
    public static ECDsaSecurityKey Key(this OwnClockHost host)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String(File.ReadAllText(Path.Combine(host.Folder, "keys", "sign-in.key"))), out _);
        return new(pair);
    }
}
