using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using PrivacyFunctions.LocalHost.Outbox;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace PrivacyFunctions.Tests.Ground;

/// <summary>An outbox on a free port, over real HTTP and with the client that the app uses.</summary>
internal sealed class OutboxUnderTest : IAsyncDisposable
{
    private readonly Desk _desk;

    private OutboxUnderTest(Desk desk)
    {
        _desk = desk;
        Http = new HttpClient { BaseAddress = new Uri(desk.Address) };
        Client = new SendGridClient("any-key", desk.Address);
    }

    public HttpClient Http { get; }

    public SendGridClient Client { get; }

    public static async Task<OutboxUnderTest> StartAsync(TemporaryFolder folder, TimeProvider? time = null) =>
        new(await Desk.StartAsync(0, "--port", new OutboxOptions(folder.Path, []), services =>
        {
            if (time is not null)
                Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, time);
        }));

    public static SendGridMessage Mail(string to, string subject = "Hello", string text = "A text", string? html = null) =>
        MailHelper.CreateSingleEmail(
            new EmailAddress("privacy@company.example", "Privacy team"), new EmailAddress(to, "Some One"),
            subject, text, html);

    public async Task SendAsync(string to, string subject = "Hello", string text = "A text", string? html = null) =>
        Assert.Equal(System.Net.HttpStatusCode.Accepted, (await Client.SendEmailAsync(Mail(to, subject, text, html))).StatusCode);

    public Task<HttpResponseMessage> PostRawAsync(string json, string? key = "key", string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v3/mail/send")
        {
            Content = new StringContent(json, Encoding.UTF8, type),
        };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return Http.SendAsync(request);
    }

    public async Task<IReadOnlyList<StoredMail>> SearchAsync(object search)
    {
        using var response = await Http.PostAsJsonAsync("/api/mails/search", search);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<MailsFound>())!.Mails;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _desk.DisposeAsync();
    }
}
