using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The download when something around it fails.</summary>
[Clause("R-ACCESS")]
[Clause("C-SECURE")]
public partial class DownloadTests
{
    private const int CodesADay = 10;

    [LocalFact]
    public async Task Code_MailProviderRefusesIt_IsTakenBackAndSaidSo()
    {
        await using var host = await LocalHostProcess.StartAsync();
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

    [LocalFact]
    public async Task Code_MailedAlthoughTheProviderSaidNo_OpensNothing()
    {
        await using var host = await LocalHostProcess.StartAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var link = await person.LinkAsync(Mails.Ready);

        await host.RefuseMailsAsync(next: 1, status: 400, acceptButFail: true);
        using (var failed = await person.PostAsync($"{link}/code")) Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        var code = SixDigits().Match((await host.Outbox.ReceiveAsync(person.Address, Mails.Code)).Text!).Value;
        using (var refused = await person.PostAsync($"{link}/open", new { code })) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        Assert.Contains("data.json", (await person.DownloadAsync()).Names);
    }

    [LocalFact]
    public async Task Codes_AfterTheirDay_AreSentAgain()
    {
        await using var host = await LocalHostProcess.StartAsync();
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
    [LocalFact]
    public async Task Code_TableIsGone_IsAnsweredAndNotTriedForEver()
    {
        await using var host = await LocalHostProcess.StartAsync();
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

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
