using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The download when something around it fails.</summary>
[Clause("R-ACCESS")]
[Clause("C-SECURE")]
public partial class DownloadTests
{
    private const int CodesADay = 10;

    [LocalFact("lets everybody's mails fail", typeof(DownloadTests))]
    public async Task Code_MailProviderRefusesIt_IsTakenBackAndSaidSo()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var link = await person.LinkAsync(Mails.Ready);

        await host.RefuseMailsAsync(next: CodesADay + 1, status: 400);
        for (var i = 0; i <= CodesADay; i++)
        {
            using var failed = await person.PostAsync($"{link}/code");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
            Assert.Contains("try again", await failed.Content.ReadAsStringAsync());
        }

        // None of them counted: as many as ever can be sent.
        for (var i = 0; i < CodesADay; i++) await person.CodeAsync(link);
        using var refused = await person.PostAsync($"{link}/code");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [LocalFact("lets everybody's mails fail", typeof(DownloadTests))]
    public async Task Code_MailedAlthoughTheProviderSaidNo_OpensNothing()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var link = await person.LinkAsync(Mails.Ready);

        await host.RefuseMailsAsync(next: 1, status: 400, acceptButFail: true);
        using (var failed = await person.PostAsync($"{link}/code")) Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        var code = SixDigits().Match((await host.Outbox.ReceiveAsync(person.Address, Mails.Code)).Text!).Value;
        using (var refused = await person.PostAsync($"{link}/open", new { code }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        Assert.Contains("data.json", (await person.DownloadAsync()).Names);
    }

    [LocalFact("moves its clock", typeof(CodeTests))]
    public async Task Codes_AfterTheirDay_AreSentAgain()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var link = await person.LinkAsync(Mails.Ready);
        for (var i = 0; i < CodesADay; i++) await person.CodeAsync(link);

        await host.PassAsync(TimeSpan.FromHours(23));
        using (var refused = await person.PostAsync($"{link}/code")) Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.Contains("data.json", (await person.DownloadAsync()).Names);
    }

    // On a host of its own, because it takes a table away that every download needs.
    [LocalFact("takes a table away", typeof(DownloadTests))]
    public async Task Code_TableIsGone_IsAnsweredAndNotTriedForEver()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var link = await person.LinkAsync(Mails.Ready);
        await person.CodeAsync(link);

        await new TableServiceClient(host.Storage).DeleteTableAsync("privacyCodes");

        using var failed = await person.PostAsync($"{link}/code");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal("application/problem+json", failed.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Links_OfACaseWhoseRowsWereDeleted_SayThatTheirTimeIsOver()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, reference, link, path) = await OpenedAsync(host);
        var table = new TableServiceClient(host.Storage).GetTableClient("privacyCases");
        foreach (var row in table.Query<TableEntity>(row => row.PartitionKey == reference).ToList()) await table.DeleteEntityAsync(row);

        Assert.All(await AnswersAsync(host, person, link, path), answer => Assert.Equal(HttpStatusCode.Gone, answer));
    }

    [Fact]
    public async Task Links_OfACaseWhosePackageWasDeleted_SayThatTheirTimeIsOver()
    {
        var host = await ScenarioHost.SharedAsync();
        var (_, reference, _, path) = await OpenedAsync(host);
        await new BlobContainerClient(host.Storage, "privacy-exports").GetBlobClient($"{reference}/package.zip").DeleteAsync();

        using var answer = await host.App.GetAsync(path);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task Code_OfACaseWhoseContactWasDeleted_SaysThatTheLinksTimeIsOver()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, reference, link, _) = await OpenedAsync(host);
        await new TableServiceClient(host.Storage).GetTableClient("privacyContacts").DeleteEntityAsync(reference, "contact");

        using var answer = await person.PostAsync($"{link}/code");
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public void Open_OfferedAndInTime_IsNotedAndLaterNot()
    {
        var until = new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.Zero);
        var offered = new AccessRequest
        {
            Id = CaseId.Parse("00112233445566778899aabbccddeeff"),
            Kind = CaseKind.Access,
            ReceivedAt = until.AddDays(-14),
            Due = new(new(2026, 4, 2), new(2026, 4, 2), "L1"),
            Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)),
            Status = CaseStatus.Offered,
            OfferedUntil = until,
        };

        Assert.Equal(
            new CaseFact.ExportOpened(),
            Assert.Single(
                Assert.IsType<Decision.Change>(ExportDecisions.Open(offered, until.AddTicks(-1))).Facts));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(offered, until));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(offered with { ExportDeleted = true }, until.AddDays(-1)));
        Assert.IsType<Decision.NothingToDo>(ExportDecisions.Open(offered with { Status = CaseStatus.Closed }, until.AddDays(-1)));
    }

    private static async Task<(DataSubject Person, string Reference, string Link, string Path)> OpenedAsync(ScenarioHost host)
    {
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        return (person, reference, await person.LinkAsync(Mails.Ready), await person.OpenAsync());
    }

    // Of every page and button between the mail and the package.
    private static async Task<IReadOnlyList<HttpStatusCode>> AnswersAsync(ScenarioHost host, DataSubject person, string link, string path)
    {
        var answers = new List<HttpStatusCode>();
        foreach (var page in new[] { link, $"{link}/code", path })
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, page);
                using var shown = await host.App.SendAsync(request);
                answers.Add(shown.StatusCode);
            }

        using var sent = await person.PostAsync($"{link}/code");
        using var opened = await person.PostAsync($"{link}/open", new { code = "123456" });
        return [.. answers, sent.StatusCode, opened.StatusCode];
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
