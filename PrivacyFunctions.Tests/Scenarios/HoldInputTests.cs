using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A hold that covers something else than was meant is noticed when the data is gone: slips of the hand are refused.</summary>
[Clause("K-EXTEND")]
public class HoldInputTests
{
    public static TheoryData<string, string?> Slips => new()
    {
        { "id", "" },
        { "id", "claim/1" },
        { "kind", "legl" },
        { "ground", "" },
        { "ground", new('x', 1001) },
        { "ground", new('x', 33_000) },
        { "owner", "legal@example.com" },
        { "reviewOn", "31.12.2099" },
        { "reviewOn", "2020-01-31" },
        { "operator", "op-1" }, // the key says who it is
        { "dataSet", "profile" },
        { "dataset", "profiles" }, // it would cover everything
        { "account", "a-01" }, // and an address
        { "email", "nobody" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task Hold_WithASlip_IsRefusedWithTheFieldAndPlacesNothing(string field, string? value)
    {
        var host = await ScenarioHost.SharedAsync();
        using (await PostAsync(host, "holds", Correct(DataSubject.Stranger(host).Address))) { } // so that there is a table
        var hold = Correct(DataSubject.Stranger(host).Address);
        var (id, owner) = (hold["id"], hold["owner"]);
        hold[field] = value;
        using var answer = await PostAsync(host, "holds", hold);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var named = problem.GetProperty("errors").EnumerateObject().Select(error => error.Name);
        Assert.Equal([field], named);
        var placed = new TableServiceClient(host.Storage).GetTableClient("privacyHolds")
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey eq {id} or Owner eq {owner}"));
        Assert.Empty(await placed.ToListAsync());
    }

    [Fact]
    public async Task Hold_OnAnAddress_SaysWhetherTheDirectoryKnowsIt()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.AddAddressAsync(host, id);
        using var known = await PostAsync(host, "holds", Correct(person.Address));
        using var unknown = await PostAsync(host, "holds", Correct($"x{person.Address}"));

        Assert.Equal((true, 2, false), await FoundInDirectoryAsync(known));
        Assert.Equal((false, 1, false), await FoundInDirectoryAsync(unknown));
    }

    /// <summary>An entry that nobody can use must not make a placed hold look like a failure, nor like a hold on all that is there.</summary>
    [Fact]
    public async Task Hold_OnAnAddressWithAnUnusableEntry_IsPlacedAndSaysSo()
    {
        var host = await ScenarioHost.SharedAsync();
        var address = DataSubject.Stranger(host).Address;
        await SmallCompany.ShareAsync(host, address, "q 1");
        using var alone = await PostAsync(host, "holds", Correct(address));
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.ShareAsync(host, address, id);
        using var beside = await PostAsync(host, "holds", Correct(address));
        using var whole = await PostAsync(host, "holds", Correct(person.Address));

        Assert.Equal((true, 1, true), await FoundInDirectoryAsync(alone));
        Assert.Equal((true, 2, true), await FoundInDirectoryAsync(beside)); // also under what the other entry leads to
        Assert.Equal((true, 2, false), await FoundInDirectoryAsync(whole));
    }

    [Fact]
    public async Task Hold_OfAnIdThatWasReleased_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var hold = Correct(person.Address);
        using var placed = await PostAsync(host, "holds", hold);
        var release = new { id = hold["id"], email = person.Address };
        using var released = await PostAsync(host, "holds/release", release);
        using var releasedAgain = await PostAsync(host, "holds/release", release);
        using var again = await PostAsync(host, "holds", hold);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (placed.StatusCode, released.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (releasedAgain.StatusCode, again.StatusCode));
        using var unknown = await PostAsync(host, "holds/release", new { id = $"x{hold["id"]}", email = person.Address });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    /// <summary>It would be accepted and protect nothing.</summary>
    [Theory]
    [InlineData("email", "service-files")]
    [InlineData("account", "payments")]
    public async Task Hold_OnADataSetThatItCannotCover_IsRefused(string on, string set)
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var hold = Correct(owner.Address);
        hold["dataSet"] = set;
        if (on == "account") (hold["account"], hold["email"]) = (owner.Account, null);
        using var answer = await PostAsync(host, "holds", hold);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["dataSet"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    /// <summary>It would be placed on the other one.</summary>
    [Theory]
    [InlineData("email", "jane@@example.com")]
    [InlineData("account", "c 1 ??")]
    public async Task Hold_OnTwoOfWhichOneCannotBeRead_IsRefused(string wrong, string value)
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var hold = Correct(owner.Address);
        hold["account"] = owner.Account;
        hold[wrong] = value;
        using var answer = await PostAsync(host, "holds", hold);
        using var release = await PostAsync(host, "holds/release", new { id = hold["id"], email = hold["email"], account = hold["account"] });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (answer.StatusCode, release.StatusCode));
    }

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    [InlineData(2000, HttpStatusCode.BadRequest)]
    public async Task Hold_WithALongId_IsPlacedOrRefused(int letters, HttpStatusCode status)
    {
        var host = await ScenarioHost.SharedAsync();
        var hold = Correct(DataSubject.Stranger(host).Address);
        hold["id"] = new string('h', letters);
        using var answer = await PostAsync(host, "holds", hold);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Hold_ChangedToCoverLess_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var hold = Correct(person.Address);
        using var placed = await PostAsync(host, "holds", hold);
        hold["dataSet"] = "profiles";
        using var narrowed = await PostAsync(host, "holds", hold);
        hold["dataSet"] = null;
        hold["reviewOn"] = "2099-12-31";
        using var changed = await PostAsync(host, "holds", hold);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK),
            (placed.StatusCode, narrowed.StatusCode, changed.StatusCode));
    }

    private static Dictionary<string, string?> Correct(string email) => new()
    {
        ["email"] = email, ["id"] = $"h-{Guid.NewGuid():N}", ["kind"] = "legal", ["ground"] = "A claim is pending.",
        ["owner"] = $"legal-{Guid.NewGuid():N}", ["reviewOn"] = "2100-01-31",
    };

    private static async Task<(bool, int, bool)> FoundInDirectoryAsync(HttpResponseMessage answer)
    {
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (
            found.GetProperty("isInDirectory").GetBoolean(), found.GetProperty("addressesCovered").GetInt32(),
            found.GetProperty("hasUnusableEntry").GetBoolean());
    }

    private static async Task<HttpResponseMessage> PostAsync(ScenarioHost host, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        return await host.App.SendAsync(request);
    }
}
