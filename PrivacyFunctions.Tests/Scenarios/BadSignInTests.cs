using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A token that proves nothing: the request is taken in all the same, and its mailbox is asked.</summary>
[Clause("L9")]
[Clause("C-SECURE")]
public class BadSignInTests
{
    private const string SignsIn = "signs people in by its own key";

    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Token_ThatIsWrong_ProvesNothingAndLosesNothing()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var answers = new HashSet<string>();
        foreach (var (what, tokenOf) in Wrong(host))
        {
            var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
            var answer = await host.AskSignedInAsync(person.Address, await tokenOf(person.Address, id));
            Assert.False(answer.IsBySignIn(), what);
            var view = await host.CaseAsync(answer.Reference());
            Assert.True((view.Status(), view.Proof()) == ("awaitingConfirmation", null), what);
            await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
            answers.Add(Answers.WithoutIds(answer.ToString()));
        }

        Assert.Single(answers); // nobody learns by a token whom the company knows
    }

    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Token_OfWhoeverAsksForSomebodyElse_ProvesNothing()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        using var answer = await person.PostAsync("requests/access", new
        {
            email = person.Address, agent = DataSubject.Stranger(host).Address, signIn = await host.TokenAsync(person.Address, id),
        });
        Assert.False((await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement.IsBySignIn());
    }

    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Token_SentManyTimesAtOnce_IsOneCase()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var token = await host.TokenAsync(person.Address, id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => host.AskSignedInAsync(person.Address, token, submission: $"s-{number}")));
        Assert.All(answers, answer => Assert.True(answer.IsBySignIn()));
        var reference = Assert.Single(answers.Select(answer => answer.Reference()).Distinct());
        await host.UntilAsync(reference, view => view.Status() == "offered");
        Assert.Single(await host.Outbox.AllAsync(person.Address, "We have your request"));
    }

    [LocalFact(SignsIn, typeof(AgentTests))]
    public async Task Token_SentAgainForSomethingElse_ProvesNothing()
    {
        var host = (OwnClockHost)await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var token = await host.TokenAsync(person.Address, id);
        (string Right, string? Residence)[] all = [("access", null), ("access", "FR"), ("erasure", null), ("portability", null)];
        var answers = await Task.WhenAll(all.Select(each => host.AskSignedInAsync(person.Address, token, each.Right, residence: each.Residence)));
        Assert.Single(answers, answer => answer.IsBySignIn());
        Assert.Equal(answers.Length, answers.Select(answer => answer.Reference()).Distinct().Count());
        foreach (var other in answers.Where(answer => !answer.IsBySignIn()))
            Assert.Equal("awaitingConfirmation", (await host.CaseAsync(other.Reference())).Status());
    }

    private static IEnumerable<(string What, Func<string, string, Task<string>> TokenOf)> Wrong(OwnClockHost host)
    {
        var ours = host.Key();
        var others = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var publicHalf = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SampleSignIn.PublicSet(Convert.ToBase64String(ours.ECDsa.ExportPkcs8PrivateKey()))));
        yield return With("too old", claims => (claims["iat"], claims["exp"]) = ((long)claims["iat"] - 601, (long)claims["iat"] - 1));
        yield return With("from tomorrow", claims => (claims["iat"], claims["exp"]) = ((long)claims["iat"] + 86400, (long)claims["exp"] + 86400));
        yield return With("not yet", claims => claims["nbf"] = (long)claims["iat"] + 300);
        yield return With("good for too long", claims => claims["exp"] = (long)claims["exp"] + 1);
        yield return With("over before it began", claims => claims["exp"] = (long)claims["iat"] - 1);
        yield return With("without an end", claims => claims.Remove("exp"));
        yield return With("without a beginning", claims => claims.Remove("iat"));
        yield return With("huge times", claims => (claims["iat"], claims["exp"]) = (long.MinValue, long.MaxValue));
        yield return With("times as texts", claims => (claims["iat"], claims["exp"]) = ("now", "then"));
        yield return With("another issuer", claims => claims["iss"] = "https://somebody.example");
        yield return With("without an issuer", claims => claims.Remove("iss"));
        yield return With("for another app", claims => claims["aud"] = "shop");
        yield return With("for another app as well", claims => claims["aud"] = new[] { SampleSignIn.Audience, "shop" });
        yield return ("with an extension", (address, id) => host.TokenAsync(address, id, mustUnderstand: "once"));
        yield return With("without a number", claims => claims.Remove("jti"));
        yield return With("an endless number", claims => claims["jti"] = new string('7', 201));
        yield return With("without a person", claims => claims.Remove("sub"));
        yield return With("a person that is none", claims => claims["sub"] = "../q 1");
        yield return With("somebody else", claims => claims["sub"] = "q-somebody");
        yield return With("another address", claims => claims["email"] = $"x{claims["email"]}");
        yield return With("without an address", claims => claims.Remove("email"));
        yield return ("another key", (address, id) => host.TokenAsync(address, id, by: new(others, SecurityAlgorithms.EcdsaSha256)));
        yield return ("a shared secret", (address, id) => host.TokenAsync(address, id, by: new(publicHalf, SecurityAlgorithms.HmacSha256)));
        yield return ("unsigned", async (address, id) => Unsigned(await host.TokenAsync(address, id)));
        yield return ("changed", async (address, id) => Changed(await host.TokenAsync(address, id)));
        yield return ("cut off", async (address, id) => (await host.TokenAsync(address, id))[..^10]);
        yield return ("nothing of ours", (_, _) => Task.FromResult("x.y.z"));
        yield return ("no token", (_, _) => Task.FromResult("Ünïcode 😀"));
        yield return ("too much", (_, _) => Task.FromResult(new string('a', 20_000)));
        yield return ("unproven", async (address, id) =>
        {
            await SmallCompany.ShareAsync(host, address, id, isProven: false);
            return await host.TokenAsync(address, id);
        });
        yield return ("shared", async (address, id) =>
        {
            await SmallCompany.ShareAsync(host, address, $"{id}-too");
            return await host.TokenAsync(address, id);
        });
        yield return ("unknown", async (address, id) =>
        {
            await SmallCompany.LeaveAsync(host, address, id);
            return await host.TokenAsync(address, id);
        });

        (string, Func<string, string, Task<string>>) With(string what, Action<Dictionary<string, object>> but) =>
            (what, (address, id) => host.TokenAsync(address, id, but));
    }

    private static string Unsigned(string token) =>
        $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = Base64UrlEncoder.Decode(parts[1]).Replace("\"jti\":\"", "\"jti\":\"x", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(claims)}.{parts[2]}";
    }
}
