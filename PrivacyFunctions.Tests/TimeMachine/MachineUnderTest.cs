using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.TimeMachine;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Hosting;
using TemporaryFolder = PrivacyFunctions.Tests.Ground.TemporaryFolder;


namespace PrivacyFunctions.Tests.TimeMachine;

/// <summary>The time machine over HTTP: a desk, a host with functions of the tests, and the clock between them.</summary>
internal sealed class MachineUnderTest : IAsyncDisposable
{
    /// <summary>What an awoken case deletes seven of. The meter is the process's: other tests count other things.</summary>
    public const string DeletedThing = "a-thing-of-the-time-machine-tests";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly Stage _stage = new();

    private MachineUnderTest()
    {
    }

    public HostUnderTest Host { get; private set; } = null!;

    public TimeMachineParts Parts { get; private set; } = null!;

    public Desk Desk { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<MachineUnderTest> StartAsync()
    {
        var machine = new MachineUnderTest();
        machine.Host = await HostUnderTest.StartAsync(
            [typeof(Functions)], worker => worker.Services.AddSingleton(machine._stage),
            new FakeTimeProvider(Start), Directory.CreateDirectory(machine._folder.File("host")).FullName);
        await machine.OpenAsync();
        return machine;
    }

    /// <summary>Closes the time machine and the desk and opens them again; the host runs on.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>Begins a case that wakes after three days.</summary>
    public async Task BeginCaseAsync(string id)
    {
        await Host.Orchestrations.ScheduleNewOrchestrationInstanceAsync(
            nameof(Functions.Wait), null, new StartOrchestrationOptions(id));
        await Host.Engine.WhenIdleAsync(CancellationToken.None);
    }

    /// <summary>Keeps cases that wake from getting on until the result is completed.</summary>
    public TaskCompletionSource CloseGate() =>
        _stage.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Send(string subject) => Desk.Mails.Add([Mail(subject)]);

    public async Task<JsonElement> MoveAsync(object move)
    {
        using var answer = await Http.PostAsJsonAsync("/api/clock", move);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<TimelineView> TimelineAsync() => (await Http.GetFromJsonAsync<TimelineView>("/api/timeline"))!;

    public Task<string> PageAsync() => Http.GetStringAsync("/time");

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async ValueTask DisposeAsync()
    {
        _stage.Gate?.TrySetResult(); // an activity behind it would keep the engine from stopping
        await CloseAsync();
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private static StoredMail Mail(string subject) => new(
        0, "message", Start, new MailAddress("privacy@company.example", null), null, [new MailAddress("one@example.net", null)], [], [],
        subject, "A text", null, new Dictionary<string, string>(), new Dictionary<string, string>(), [], null, []);

    private async Task OpenAsync()
    {
        var parts = new TaskCompletionSource<TimeMachineParts>();
        Desk = await Desk.StartAsync(
            0, "--desk-port", new OutboxOptions(_folder.File("outbox"), []), null, endpoints => endpoints.MapTimeMachine(parts.Task));
        _stage.Mails = Desk.Mails;
        Parts = TimeMachineParts.Of(Host.Local, Desk.Mails, _folder.File("timeline.jsonl"), Host.Loggers);
        parts.SetResult(Parts);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Desk.Address) };
    }

    private async Task CloseAsync()
    {
        Http.Dispose();
        await Parts.DisposeAsync();
        await Desk.DisposeAsync();
    }

    /// <summary>What the test and its functions share.</summary>
    public sealed class Stage
    {
        public MailStore Mails { get; set; } = null!;

        public TaskCompletionSource? Gate { get; set; }
    }

    public sealed class Functions(Stage stage)
    {
        [Function(nameof(Wait))]
        public static async Task Wait([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(3), CancellationToken.None);
            await context.CallActivityAsync(nameof(Act), context.InstanceId);
        }

        [Function(nameof(Act))]
        public async Task Act([ActivityTrigger] string instance)
        {
            if (stage.Gate is { } gate)
                await gate.Task;
            stage.Mails.Add([Mail($"{instance} was woken")]);
            Deletions.Count(DeletedThing, 7);
        }

        [Function(nameof(Nightly))]
        public static void Nightly([TimerTrigger("0 0 12 * * *")] TimerInfo timer) => _ = timer;

        [Function(nameof(Frequent))]
        public static void Frequent([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }
}
