using System.Net;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Operators see which holds are in force, in general and on a person or an account.</summary>
[Clause("K-EXTEND")]
public class ShowHoldsTests
{
    [Fact]
    public async Task Hold_IsFoundUnderEachAddressOfItsPersonAndByNobodyElse_UntilItIsReleased()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var reviewOn = $"{DateTimeOffset.UtcNow.AddDays(2):yyyy-MM-dd}";
        var hold = new { email = person.Address, id = $"h-{Guid.NewGuid():N}", kind = "legal", dataSet = "payments", ground = "A claim.", owner = "legal-team", reviewOn };
        await host.OperateAsync("holds", hold);

        foreach (var address in new[] { person.Address, second.Address })
        {
            var shown = Assert.Single(await SearchAsync(host, new { email = address }));
            Assert.Equal(
                (hold.id, "legal", "payments", "A claim.", "legal-team", reviewOn),
                (Of("id"), Of("kind"), Of("dataSet"), Of("ground"), Of("owner"), Of("reviewOn")));
            Assert.False(shown.TryGetProperty("account", out _));
            string? Of(string field) => shown.GetProperty(field).GetString();
        }

        Assert.Empty(await SearchAsync(host, new { email = DataSubject.Stranger(host).Address }));
        var (status, listed) = await host.CallAsync(HttpMethod.Get, $"api/operator/holds?reviewBefore={DateTimeOffset.UtcNow.AddDays(3):yyyy-MM-dd}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(hold.id, listed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(person.Address, listed.ToString(), StringComparison.Ordinal);
        var (_, before) = await host.CallAsync(HttpMethod.Get, $"api/operator/holds?reviewBefore={reviewOn}");
        Assert.DoesNotContain(hold.id, before.ToString(), StringComparison.Ordinal);

        await host.OperateAsync("holds/release", new { hold.email, hold.id });
        Assert.Empty(await SearchAsync(host, new { email = second.Address }));
    }

    [Fact]
    public async Task Restriction_OfAPersonsOwnRequest_NamesItsCase()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: "restriction", ground: "accuracy");
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");

        var shown = Assert.Single(await SearchAsync(host, new { email = person.Address }));
        Assert.Equal((reference, "restriction"), (shown.GetProperty("request").GetString(), shown.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Hold_OnAnAccount_IsFoundByItsNumber()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        await host.OperateAsync(
            "holds", new { account = owner.Account, id = "h-1", kind = "restriction", ground = "A claim.", owner = "legal-team", reviewOn = "2100-01-31" });
        var shown = Assert.Single(await SearchAsync(host, new { account = owner.Account }));
        Assert.Equal(("h-1", owner.Account), (shown.GetProperty("id").GetString(), shown.GetProperty("account").GetString()));
    }

    [Theory]
    [InlineData("""{}""", "account")]
    [InlineData("""{"email":"nobody@example.org","account":"a-01"}""", "account")]
    [InlineData("""{"account":"the one with the dog"}""", "account")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"address":"nobody@example.org"}""", "address")]
    public async Task Search_ThatNamesNobody_SaysWhatIsMissing(string body, string field)
    {
        var host = await ScenarioHost.SharedAsync();
        var (status, problem) = await host.CallAsync(HttpMethod.Post, "api/operator/holds/search", JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("reviewBefore=31.12.2027", "reviewBefore")]
    [InlineData("before=2027-12-31", "before")]
    public async Task List_WithAFilterThatThereIsNot_SaysWhichThereIs(string query, string field)
    {
        var host = await ScenarioHost.SharedAsync();
        var (status, problem) = await host.CallAsync(HttpMethod.Get, $"api/operator/holds?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    private static async Task<List<JsonElement>> SearchAsync(ScenarioHost host, object whose)
    {
        var (status, found) = await host.CallAsync(HttpMethod.Post, "api/operator/holds/search", whose);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(found.GetProperty("isAll").GetBoolean());
        return [.. found.GetProperty("holds").EnumerateArray()];
    }
}
