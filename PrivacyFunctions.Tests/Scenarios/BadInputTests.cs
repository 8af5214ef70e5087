using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Whatever is sent gets a clear answer, is never a 500, and loses nothing.</summary>
[Clause("C-SECURE")]
[Clause("R-ACCESS")]
public class BadInputTests
{
    public static TheoryData<string, string, int> Unusable => new()
    {
        { "application/json", "{}", 400 },
        { "application/json", """{"email":""}""", 400 },
        { "application/json", """{"email":"no address"}""", 400 },
        { "application/json", """{"email":["a@example.com"]}""", 400 },
        { "application/json", """{"email":"a@exa""", 400 },
        { "application/json", "[]", 400 },
        { "application/json", "", 400 },
        { "application/x-www-form-urlencoded", "", 400 },
        { "application/x-www-form-urlencoded", "email=", 400 },
        { "application/x-www-form-urlencoded", "email=nobody%40nowhere", 400 },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nbroken", 400 },
        { "multipart/form-data", "email=a@example.com", 400 },
        { "text/plain", "email=a@example.com", 415 },
        { "application/xml", "<email>a@example.com</email>", 415 },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Submission_Unusable_IsRefusedWithWhatToDo(string type, string body, int status)
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = Post(body, type);
        using var answer = await host.App.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        if (type == "application/json")
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!);
        }
        else
        {
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("<h1>", text);
        }
    }

    [Fact]
    public async Task Submission_WithoutContentType_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = Post("email=a@example.com", null);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Submission_OfTenMegabytes_IsRefusedAsTooLarge(string type)
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = Post("email=" + new string('a', 10_000_000), type);
        request.Headers.ExpectContinue = true;
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Form_WithAMistake_KeepsWhatWasEnteredAndItsKey()
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = Post("email=maria%40&submission=key-of-the-form", "application/x-www-form-urlencoded");
        using var answer = await host.App.SendAsync(request);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("value=\"maria@\"", page);
        Assert.Contains("value=\"key-of-the-form\"", page);
        Assert.Contains("Enter an e-mail address", page);
    }

    [Fact]
    public async Task Submission_Repeated_IsOneCaseWithOneMail()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);

        var references = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.AskAsync("the same key")));

        Assert.Single(references.Distinct());
        await person.ConfirmAsync();
        await person.DownloadAsync();
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Confirm));
        Assert.Single((await host.CaseAsync(references[0])).Facts(), fact => fact == "received");
    }

    [Fact]
    public async Task Submission_SameKeyOtherAddress_IsAnotherCase()
    {
        var host = await ScenarioHost.SharedAsync();
        var (one, other) = (DataSubject.Stranger(host), DataSubject.Stranger(host));
        Assert.NotEqual(await one.AskAsync("shared key"), await other.AskAsync("shared key"));
        await other.ConfirmAsync();
        await other.DownloadAsync();
    }

    [Fact]
    public async Task Submissions_ManyForOneMailbox_AreAllAcceptedAndMailedThreeTimes()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var references = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            references.Add(await person.AskAsync());
            if (i < 3) await host.UntilAsync(async () => await MailsAsync() == i + 1); // the first three surely come before the others
        }

        await host.UntilAsync(references[4], view => view.Status() == "closed");
        Assert.Equal("answeredByAnotherCase", (await host.CaseAsync(references[4])).Outcome());
        Assert.Equal(3, await MailsAsync());

        async Task<int> MailsAsync() => (await host.Outbox.AllAsync(person.Address, Mails.Confirm)).Count;
    }

    [Theory]
    [InlineData("access")]
    [InlineData("rectification")]
    [InlineData("erasure")]
    [InlineData("restriction", "claims")]
    [InlineData("portability")]
    [InlineData("objection")]
    [InlineData("use", null, Objecting.Reasons)]
    [InlineData("complaint", null, "You sent me letters after I had asked you to stop.")]
    public async Task Answer_ForKnownAndUnknown_IsTheSame(string right, string? ground = null, string? text = null)
    {
        var host = await ScenarioHost.SharedAsync();
        var (known, _) = await SmallCompany.JoinAsPersonAsync(host);
        var unknown = $"person-{Guid.NewGuid().ToString("N")[..12]}@example.com";
        Assert.Equal(await ByProgramAsync(known.Address), await ByProgramAsync(unknown));
        Assert.Equal(await ByFormAsync(known.Address), await ByFormAsync(unknown));

        async Task<string> ByProgramAsync(string address)
        {
            using var answer = await host.App.PostAsJsonAsync($"requests/{right}", new { email = address, ground, text });
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            return Answers.WithoutIds(await answer.Content.ReadAsStringAsync());
        }

        async Task<string> ByFormAsync(string address)
        {
            var fields = new Dictionary<string, string> { ["email"] = address, ["ground"] = ground ?? "", ["text"] = text ?? "" };
            foreach (var (name, _) in fields.Where(field => field.Value.Length == 0).ToList()) fields.Remove(name);
            using var answer = await host.App.PostAsync($"requests/{right}", new FormUrlEncodedContent(fields));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            return Answers.PageWithoutIds(await answer.Content.ReadAsStringAsync(), address);
        }
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", 404)]
    [InlineData("not-a-case", 404)]
    public async Task Operator_UnknownCase_IsNotFound(string reference, int status)
    {
        var host = await ScenarioHost.SharedAsync();
        using var answer = await host.GetCaseAsync(reference, host.OperatorKey);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Operator_WithoutKey_IsUnauthorised(string? key)
    {
        var host = await ScenarioHost.SharedAsync();
        using var answer = await host.GetCaseAsync("00000000000000000000000000000000", key);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    [Clause("C-COOKIES")]
    public async Task Pages_SetNoCookiesAndLoadNothingFromElsewhere()
    {
        var host = await ScenarioHost.SharedAsync();
        foreach (var path in new[] { "", "requests/access", "confirm/forged" })
        {
            using var page = await host.App.GetAsync(path);
            Assert.False(page.Headers.Contains("Set-Cookie"));
            Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
            Assert.DoesNotContain("src=\"http", await page.Content.ReadAsStringAsync());
        }
    }

    private static HttpRequestMessage Post(string body, string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var request = new HttpRequestMessage(HttpMethod.Post, "requests/access") { Content = content };
        request.Headers.Accept.ParseAdd(type == "application/json" ? "application/json" : "text/html");
        return request;
    }
}
