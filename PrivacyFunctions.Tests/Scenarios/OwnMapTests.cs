using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// A company with a data map of its own, in which nothing is named as in the sample company's: no list of subscribers, no register
/// of accounts. What it does not have is not offered; the rest works.
/// </summary>
[Clause("R-ACCESS")]
public sealed partial class OwnMapTests(OwnMapTests.Shop shop) : IClassFixture<OwnMapTests.Shop>
{
    private readonly LocalHostHere _host = shop.Host;

    /// <summary>Each method and route of the app.</summary>
    public static TheoryData<string> Routes =>
    [
        .. typeof(Composition).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .SelectMany(method => method.GetParameters()).Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .SelectMany(trigger => trigger.Methods!.Select(method => $"{method} {trigger.Route}"))
            .Distinct().Order(),
    ];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_OfACompanyWithoutTheSamplesSets_AnswersWithoutA500(string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = Place().Replace(path.StartsWith('{') ? "" : path, new string('0', 32)); // the first is the empty route of the root
        foreach (var body in new object[]
        {
            new { },
            new
            {
                email = "somebody@example.net", account = "a-1", id = Guid.NewGuid().ToString("N"), to = "somebody@example.net",
                kind = "newsletter:news", subject = "News", text = "Words", newsletter = "news", paragraphs = new[] { "Words" },
            },
        })
        {
            using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), path);
            request.Headers.Add(CallerKey.Header, _host.OperatorKey);
            if (method is not ("get" or "head")) request.Content = JsonContent.Create(body);
            using var answer = await _host.App.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"{route}: {answer.StatusCode}");
        }
    }

    [LocalFact]
    [Clause("R-ERASE")]
    public async Task Customer_AsksForACopyAndForErasure_AndGetsBoth()
    {
        var address = await SmallMap.AddCustomerAsync(_host);
        var person = new DataSubject(_host, address);

        var package = await person.ReceiveEverythingAsync();
        Assert.Equal(1, package.Records("customers"));
        Assert.Equal(1, package.Records("orders"));
        Assert.Contains("Two lamps", package.Html, StringComparison.Ordinal);
        Assert.Contains("Sample Cloud SA", package.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("SendGrid", package.Everything, StringComparison.Ordinal); // our own records name who keeps them here

        var erasure = await new DataSubject(_host, address).AskToEraseAsync(); // who takes no older mail for this request's
        await _host.ApproveWaitingPlanAsync(erasure);
        await _host.Outbox.ReceiveAsync(address, ErasureMails.Done);
        await foreach (var row in new TableServiceClient(_host.Storage).GetTableClient("shopOrders").QueryAsync<TableEntity>())
            Assert.Fail($"An order is left: {row.RowKey}");
    }

    [LocalFact]
    public async Task Accounts_ThatThereAreNot_AreNotOfferedAndCannotBeEnded()
    {
        var centre = await _host.App.GetStringAsync("");
        Assert.DoesNotContain("accounts/end", centre, StringComparison.Ordinal);
        Assert.Contains("requests/erasure", centre, StringComparison.Ordinal);

        using var form = await _host.App.GetAsync("accounts/end");
        Assert.Equal(HttpStatusCode.NotFound, form.StatusCode);
        Assert.Contains("There are no accounts to end here", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var asked = await _host.App.PostAsJsonAsync("accounts/end", new { email = "a@example.com", account = "a-1" });
        await IsRefusedAsync(asked, "There are no accounts to end here");
        using var entered = await _host.PostAsOperatorAsync("api/operator/terminations", new { account = "a-1" });
        await IsRefusedAsync(entered, "There are no accounts to end here");
    }

    [LocalFact]
    [Clause("M-ESSENTIAL")]
    [Clause("M-UNSUB")]
    public async Task Newsletters_ThatThereAreNot_AreRefusedAndWhatIsEssentialGoes()
    {
        using var order = await _host.PostAsOperatorAsync(
            "api/operator/newsletters", new { newsletter = "news", subject = "News", paragraphs = new[] { "Words" } });
        await IsRefusedAsync(order, "There are no newsletters here");

        var address = $"reader-{Guid.NewGuid():N}@example.com";
        using var news = await _host.PostAsOperatorAsync("api/messages", Message("newsletter:news"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, news.StatusCode);
        var errors = (await news.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Contains("'subscription'", errors.GetProperty("kind")[0].GetString(), StringComparison.Ordinal);

        using var receipt = await _host.PostAsOperatorAsync("api/messages", Message("transaction"));
        Assert.Equal(HttpStatusCode.OK, receipt.StatusCode);
        await _host.Outbox.ReceiveAsync(address, "A subject");

        object Message(string kind) => new { id = $"{Guid.NewGuid():N}", to = address, kind, subject = "A subject", text = "Words" };
    }

    [LocalFact]
    [Clause("T-BACKUP")]
    public async Task Night_OfTheCompanysOwnStores_IsBackedUp()
    {
        await _host.FireAsync("BackUpNightly");

        JsonElement backups = default;
        await _host.UntilAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/operator/backups");
            request.Headers.Add(CallerKey.Header, _host.OperatorKey);
            using var answer = await _host.App.SendAsync(request);
            backups = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("backups");
            return backups.ToString().Contains("verifiedAt", StringComparison.Ordinal);
        });
        Assert.Equal(1, backups.GetArrayLength());
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer, string title)
    {
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(title, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();

    public sealed class Shop : IAsyncLifetime
    {
        internal LocalHostHere Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await SmallMap.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
