using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Requests.SignIns;

namespace PrivacyFunctions.Tests.Requests.SignIns;

/// <summary>A sign-in that is half set up, or by keys that are none, is refused at the start, without a word of what was set.</summary>
public class ValidateSignInTests
{
    private const string Together = "SignIn:Issuer, SignIn:Audience and SignIn:Keys must be given together, or none of them.";
    private const string NoSet = "SignIn:Keys must be a JSON Web Key Set, or the path of a file with one.";
    private const string Secret = "SignIn:Keys must hold public keys only: one of them is a secret, which belongs to whoever signs.";
    private const string Others = "SignIn:Keys must hold keys for ES256 (EC on P-256) or RS256 (RSA of 2048 bits or more), and no others.";

    private static readonly string Good = SampleSignIn.PublicSet(SampleSignIn.NewKey());

    [Fact]
    public void Validate_AllOrNothing_IsAccepted()
    {
        Assert.Null(WhyNot("", "", ""));
        Assert.Null(WhyNot("https://company.example", "privacy", Good));
        Assert.Equal(Together, WhyNot("https://company.example", "", Good));
        Assert.Equal(Together, WhyNot("https://company.example", "privacy", " "));
        Assert.Equal(Together, WhyNot("", "", Good));
        Assert.False(new SignInOptions().IsOn());
    }

    [Fact]
    public void Keys_InAFileOrInTheSetting_AreRead()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Good);
        Assert.Null(WhyNotKeys(file));
        File.Delete(file);
        Assert.Equal(NoSet, WhyNotKeys(file));
    }

    [Fact]
    public void Keys_ByWhichNobodyOrAnybodyCanSign_AreRefused()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using (var rsa = RSA.Create(2048)) Assert.Null(WhyNotKeys(SetOf(Public(rsa))));
        using (var rsa = RSA.Create(2048)) Assert.Null(WhyNotKeys(SetOf(Public(rsa) with { alg = "RS256" })));
        using (var rsa = RSA.Create(2048)) Assert.Equal(Others, WhyNotKeys(SetOf(Public(rsa) with { alg = "PS256" })));
        using (var rsa = RSA.Create(1024)) Assert.Equal(Others, WhyNotKeys(SetOf(Public(rsa))));
        Assert.Equal("SignIn:Keys names no key.", WhyNotKeys("{}"));
        Assert.Equal(NoSet, WhyNotKeys("{ no JSON"));
        Assert.Equal(Secret, WhyNotKeys(SetOf(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(pair)))));
        Assert.Equal(Secret, WhyNotKeys(SetOf(new { kty = "oct", k = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })));
        Assert.Equal(Others, WhyNotKeys(SetOf(Public(wide, "P-384"))));
        Assert.Equal(Others, WhyNotKeys(SetOf(Public(pair, "P-256") with { x = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })));
        Assert.Equal(Others, WhyNotKeys(SetOf(new { kty = "EC", crv = "P-256" })));
        Assert.Equal(Others, WhyNotKeys(SetOf(new { kty = "OKP", crv = "Ed25519", x = "AAAA" })));
    }

    private static string? WhyNotKeys(string keys) => WhyNot("https://company.example", "privacy", keys);

    private static string? WhyNot(string issuer, string audience, string keys) =>
        new ValidateSignIn().Validate(null, new() { Issuer = issuer, Audience = audience, Keys = keys }).FailureMessage;

    private static string SetOf(object key) => JsonSerializer.Serialize(new { keys = new[] { key } });

    private static EcKey Public(ECDsa pair, string curve)
    {
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return new("EC", curve, Base64UrlEncoder.Encode(point.X!), Base64UrlEncoder.Encode(point.Y!));
    }

    private static RsaKey Public(RSA pair)
    {
        var numbers = pair.ExportParameters(includePrivateParameters: false);
        return new("RSA", Base64UrlEncoder.Encode(numbers.Modulus!), Base64UrlEncoder.Encode(numbers.Exponent!));
    }

#pragma warning disable IDE1006 // named as RFC 7517 names them
    private sealed record EcKey(string kty, string crv, string x, string y);

    private sealed record RsaKey(string kty, string n, string e)
    {
        public string? alg { get; init; }
    }
#pragma warning restore IDE1006
}
