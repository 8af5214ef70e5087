using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>The HTTP behaviours of the Functions host that the app relies on, a fact a test.</summary>
public sealed class HttpFunctionsTests(HttpFunctionsTests.OneHost one) : IClassFixture<HttpFunctionsTests.OneHost>
{
    private readonly HostUnderTest _host = one.Host;

    [Theory]
    [InlineData("GET", "/", 200, "root")]
    [InlineData("HEAD", "/", 200, "")] // listed
    [InlineData("POST", "/", 404, "")] // a method that is not listed: 404, not 405
    [InlineData("GET", "/any", 200, "GET")]
    [InlineData("DELETE", "/any", 200, "DELETE")]
    [InlineData("HEAD", "/json", 404, "")] // HEAD is not implied by GET
    [InlineData("OPTIONS", "/json", 404, "")]
    [InlineData("GET", "/things/7", 200, "read 7")] // one route, two functions, told apart by the method
    [InlineData("PUT", "/things/7", 200, "written 7")]
    [InlineData("DELETE", "/things/7", 404, "")]
    [InlineData("GET", "/THINGS/Seven/", 200, "read Seven")] // case and a trailing slash do not matter
    [InlineData("GET", "/noroute", 200, "True NoRoute True True")] // without a route, the function's name is it
    [InlineData("GET", "/clash/literal", 200, "parameter")] // order of names, not the more precise route
    [InlineData("GET", "/unknown", 404, "")]
    [InlineData("GET", "/admin/unknown", 404, "")]
    [InlineData("GET", "/typed/6f9619ff8b86d011b42d00c04fc964ff/1/2/true", 200, "6f9619ff8b86d011b42d00c04fc964ff 1 2 True none")]
    [InlineData(
        "GET", "/typed/6f9619ff8b86d011b42d00c04fc964ff/-1/9000000000/false/x", 200,
        "6f9619ff8b86d011b42d00c04fc964ff -1 9000000000 False x")]
    [InlineData("GET", "/typed/none/1/2/true", 404, "")] // a route constraint does not match
    [InlineData("GET", "/typed/6f9619ff8b86d011b42d00c04fc964ff/one/2/true", 500, "")] // no constraint: conversion fails
    [InlineData("GET", "/action", 202, "action")]
    [InlineData("GET", "/json", 200, "{\"answer\":42}")]
    [InlineData("GET", "/throws?token=secret-query", 500, "")]
    public async Task Request_ByMethodAndPath_IsAnsweredAsTheHostDoes(string method, string path, int status, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _host.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Headers.Server);
    }

    [Theory]
    [InlineData("/keyed", null, 401)]
    [InlineData("/keyed", "wrong", 401)]
    [InlineData("/keyed", HostUnderTest.FunctionKey, 200)]
    [InlineData("/keyed", HostUnderTest.MasterKey, 200)]
    [InlineData("/mastered", HostUnderTest.FunctionKey, 401)]
    [InlineData("/mastered", HostUnderTest.MasterKey, 200)]
    public async Task AuthorizationLevel_ByHeaderOrQuery_IsEnforced(string path, string? key, int status)
    {
        using var byHeader = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            byHeader.Headers.Add("x-functions-key", key);
        using var headerAnswer = await _host.Client.SendAsync(byHeader);
        using var queryAnswer = await _host.Client.GetAsync(key is null ? path : $"{path}?code={key}");
        Assert.Equal((status, status), ((int)headerAnswer.StatusCode, (int)queryAnswer.StatusCode));
        if (status == 401)
            Assert.Empty(await headerAnswer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task UnhandledException_Always_LeavesNoHeaderAndLogsNeitherMessageNorQuery()
    {
        using var answer = await _host.Client.GetAsync("/throws?token=secret-query");
        Assert.False(answer.Headers.Contains("x-half"));
        var line = _host.Log.First(line => line.Contains("Function Throws failed", StringComparison.Ordinal));
        Assert.Contains("failed: System.InvalidOperationException", line, StringComparison.Ordinal);
        Assert.Contains("at PrivacyFunctions.Tests.Hosting.HttpTestFunctions.Throws", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Log, l => l.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RazorComponentResult_WithALayout_IsRenderedInsideIt()
        => Assert.Equal("<main>&lt;Ada&gt;</main>", await _host.Client.GetStringAsync("/page"));

    [Fact]
    public async Task InjectedClass_EachInvocation_HasItsOwnScope()
    {
        var first = await _host.Client.GetStringAsync("/injected");
        var second = await _host.Client.GetStringAsync("/injected");
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Form_UrlEncodedOrMultipart_IsRead()
    {
        using var encoded = await _host.Client.PostAsync("/form", new FormUrlEncodedContent([new("a", "ä b")]));
        using var parts = new MultipartFormDataContent { { new StringContent("c"), "a" }, { new ByteArrayContent([1]), "file", "f.bin" } };
        using var multipart = await _host.Client.PostAsync("/form", parts);
        Assert.Equal("ä b 0", await encoded.Content.ReadAsStringAsync());
        Assert.Equal("c 1", await multipart.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Form_BeyondTheFormLimits_Is500WithoutABody()
    {
        var fields = Enumerable.Range(0, 1100).Select(i => KeyValuePair.Create($"f{i}", "x"));
        using var answer = await _host.Client.PostAsync("/form", new FormUrlEncodedContent(fields));
        Assert.Equal((HttpStatusCode.InternalServerError, 0), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length));
    }

    [Theory]
    [InlineData("/count", 30_000_000, false, 200)]
    [InlineData("/count", 30_000_001, false, 500)] // it reaches the function, which could answer better, and reading it throws
    [InlineData("/count", 30_000_001, true, 500)]
    public async Task Body_AtAndOverTheLimit_IsTakenOrThrowsWhereItIsRead(string path, int length, bool chunked, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new Zeros(length, chunked) };
        request.Headers.ExpectContinue = true; // so that a refusal is read before the body is sent
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _host.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? $"{length}" : "", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Headers_OfTheHostsOwn_AreNotTakenFromTheClient()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/forwarded");
        request.Headers.Add("x-ms-invocation-id", "mine"); // the worker would wait for an invocation of that name
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var answer = await _host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(_host.Client.BaseAddress!.Authority, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Client_ThatGoes_CallsItsFunctionOff()
    {
        using var patience = new CancellationTokenSource();
        var asking = _host.Client.GetAsync("/patient", patience.Token);
        await _host.Journal.WaitForAsync(1);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(["begun", "called off"], await _host.Journal.WaitForAsync(2));
    }

    public sealed class OneHost : IAsyncLifetime
    {
        internal HostUnderTest Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await HostUnderTest.StartAsync(
            [typeof(HttpTestFunctions), typeof(InjectedTestFunctions)], worker => worker.Services.AddScoped<ScopedThing>());

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    private sealed class Zeros : HttpContent
    {
        private readonly int _length;
        private readonly bool _chunked;

        public Zeros(int length, bool chunked)
        {
            (_length, _chunked) = (length, chunked);
            Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
            => stream.WriteAsync(new byte[_length]).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return !_chunked;
        }
    }
}
