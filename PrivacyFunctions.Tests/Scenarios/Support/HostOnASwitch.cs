using Microsoft.Azure.Functions.Worker.Builder;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A local host in the process of the tests that dies as by SIGKILL: at one instant its engine commits nothing more, every
/// connection of it is reset (to people, to its storage, to its outbox), and its folder is moved away from under it, so that what
/// its code still does in this process reaches nobody and leaves nothing. The next run finds what a process would have left.
/// Unlike a process's, its death leaves statics and compiled code alive; <see cref="LocalHostProcess"/> has none of that.
/// </summary>
internal sealed class HostOnASwitch : MortalHost
{
    private readonly string _account;
    private readonly DateOnly? _clock;
    private readonly bool _seeded;
    private readonly bool _nights;
    private readonly Action<FunctionsApplicationBuilder>? _also;
    private readonly Relay _site;
    private readonly Relay _desk;
    private Life? _life;

    private HostOnASwitch(string account, DateOnly? clock, bool seeded, bool nights, Action<FunctionsApplicationBuilder>? also)
        : base(SeededFolder.Empty())
    {
        (Storage, _account, _clock, _seeded, _nights, _also) = (account, account, clock, seeded, nights, also);
        (_site, _desk) = (new Relay(Port), new Relay(DeskPort));
    }

    /// <inheritdoc cref="MortalHost.StartAsync"/>
    public static new async Task<HostOnASwitch> StartAsync(
        string? crashAt, DateOnly? clock, bool seeded, bool nights, Action<FunctionsApplicationBuilder>? also = null)
    {
        if (seeded && clock is not null) throw new ArgumentException("The sample company is of today.", nameof(clock));
        var account = await (seeded ? ScenarioStorage.WithSampleAsync() : ScenarioStorage.EmptyAsync());
        var host = new HostOnASwitch(account, clock, seeded, nights, also);
        await host.RunAsync(crashAt);
        return host;
    }

    /// <inheritdoc/>
    public override Task KillAsync() => _life!.DieAsync();

    /// <inheritdoc/>
    protected override async Task LaunchAsync(string? crashAt)
    {
        _life = null; // a start that fails must not be taken for the death before it
        var life = _life = new Life(this, crashAt);
        await Task.WhenAny(life.Starting, life.Died);
        if (life.Died.IsCompleted) throw new InvalidOperationException("It died before it was ready.");
        var run = await life.Starting;
        life.Serve(run);
    }

    /// <inheritdoc/>
    protected override Task HasDiedAsync() => (_life ?? throw new InvalidOperationException("It did not even start.")).Died;

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_life is { Died.IsCompleted: false }) await _life.DisposeAsync(); // the dead are buried meanwhile, or later
        _site.Dispose();
        _desk.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>From a start to a death, or to the end of the test.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private const string Database = "engine.db";

        private readonly HostOnASwitch _host;
        private readonly string _folder;
        private readonly DataFolder _data;
        private readonly StorageRelay _storage;
        private readonly Relay _mails = new();
        private readonly Lock _dying = new();
        private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lazy<Task> _end;

        public Life(HostOnASwitch host, string? crashAt)
        {
            (_host, _folder) = (host, host.Folder);
            _end = new(() => Task.Run(StopOrBuryAsync));
            _data = DataFolder.Open(host.Folder);
            (host.OperatorKey, host.MasterKey) = (_data.OperatorKey, _data.MasterKey);
            _storage = new StorageRelay(host._account);
            Starting = LocalRun.StartAsync(_data, new(_storage.ConnectionString, host.Links)
            {
                Port = 0,
                DeskPort = 0,
                Mails = desk => $"http://127.0.0.1:{_mails.LeadTo(new Uri(desk.Address).Port).Port}",
                Clock = host._clock,
                Seeded = host._seeded,
                Nights = host._nights,
                Also = host._also,
                Drill = new CrashDrill(crashAt, Die),
            }, host.Take);
        }

        /// <summary>Its start, which a death may leave unfinished or make fail.</summary>
        public Task<LocalRun> Starting { get; }

        /// <summary>Completes with its death.</summary>
        public Task Died => _died.Task;

        /// <summary>Lets people in.</summary>
        public void Serve(LocalRun run)
        {
            lock (_dying)
            {
                if (_died.Task.IsCompleted) return;
                _host._site.LeadTo(new Uri(run.App.Address).Port);
                _host._desk.LeadTo(new Uri(run.Desk.Address).Port);
            }
        }

        /// <summary>Dies now.</summary>
        public async Task DieAsync() => Die((await Starting).App.Engine);

        /// <summary>Stops in order, or waits until what has died is buried.</summary>
        public async ValueTask DisposeAsync() => await _end.Value;

        private async Task StopOrBuryAsync()
        {
            try
            {
                await (await Starting).DisposeAsync();
            }
            catch when (_died.Task.IsCompleted)
            {
                return; // some of it may still be alive: nobody else must get the ports that it calls
            }

            _data.Dispose();
            _mails.Dispose();
            _storage.Dispose();
            if (_died.Task.IsCompleted && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true); // it made it anew
        }

        private void Die(LocalHost.Engine.DurableEngine engine)
        {
            lock (_dying)
            {
                if (_died.Task.IsCompleted) return;
                var left = Path.Combine(Path.GetDirectoryName(_folder)!, Guid.NewGuid().ToString("N"));
                var database = Directory.CreateDirectory($"{left}-database").FullName;
                engine.EndAsKilled(() =>
                {
                    foreach (var relay in (Relay[])[_host._site, _host._desk, _mails]) relay.CutOff();
                    _storage.CutOff();
                    CopyDatabase(_folder, database);
                });
                _data.Dispose(); // the folder's lock goes with a process
                Directory.Move(_folder, left);

                // Closing it wrote its journal back, which a process that is killed does not.
                foreach (var file in Directory.EnumerateFiles(left, $"{Database}*")) File.Delete(file);
                CopyDatabase(database, left);
                Directory.Delete(database, recursive: true);
                _host.Folder = left;
                _died.SetResult();
                _ = _end.Value;
            }
        }

        private static void CopyDatabase(string from, string to)
        {
            foreach (var file in (string[])[Database, $"{Database}-wal"])
                if (File.Exists(Path.Combine(from, file))) File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }
    }
}
