using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.Sample;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>
/// The folder where one local host keeps everything, held exclusively while this object lives: Azurite's data, the engine's
/// database, the outbox, keys and logs. Deleting the folder (host stopped) is starting over.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileLock _lock;

    private DataFolder(string path, FileLock held) => (Root, _lock) = (path, held);

    /// <summary>Used when no <c>--data</c> is given: <c>.local/host</c> in the clone.</summary>
    public static string Default => Path.Combine(Repository.LocalFolder, "host");

    public string Root { get; }
    public string Azurite => Sub("azurite");
    public string Outbox => Sub("outbox");
    public string Logs => Sub("logs");

    /// <summary>The durable engine's SQLite file.</summary>
    public string EngineDatabase => Path.Combine(Root, "engine.db");

    /// <summary>How far the clock was moved.</summary>
    public string Clock => Path.Combine(Root, "clock");

    /// <summary>Over which the clock is shared with a worker in a process of its own.</summary>
    public string SharedClock => Path.Combine(Root, "clock.shared");

    /// <summary>What the time machine has seen happen.</summary>
    public string Timeline => Path.Combine(Root, "timeline.jsonl");

    /// <summary>When each timer function ran last.</summary>
    public string Timers => Sub("timers");

    /// <summary>The name of <see cref="AzuriteRecord"/> in the folder.</summary>
    public const string AzuriteRecordName = "azurite.json";

    /// <summary>Says which Azurite serves this folder; see <see cref="Azurite.AzuriteRecord"/>.</summary>
    public string AzuriteRecord => Path.Combine(Root, AzuriteRecordName);

    /// <summary>The key of this machine's own operator (<c>X-Privacy-Key</c>), made on the first use.</summary>
    public string OperatorKey => Secret("operator.key", () => CallerKey.Create().Reveal());

    /// <summary>The key for <c>/admin</c> and for functions of level Admin; base64url, made on the first use.</summary>
    public string MasterKey => Secret("master.key", () => Base64Url.EncodeToString(RandomBytes()));

    /// <summary><c>Privacy:Pepper</c>: 32 bytes in base64, made on the first use.
    /// Losing it makes every keyed id unreadable.</summary>
    public string Pepper => Secret("pepper", () => Convert.ToBase64String(RandomBytes()));

    /// <summary>The private key by which the sample company's sign-in signs its tokens, made on the first use.</summary>
    public string SignInKey => Secret("sign-in.key", SampleSignIn.NewKey);

    /// <summary>
    /// Creates the folder where needed and takes it for this process.
    /// </summary>
    /// <exception cref="StartUpProblem">Another host holds it, or it cannot be made.</exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(root);
            var held = FileLock.TryTake(Path.Combine(root, "host.lock")) ?? throw new StartUpProblem(
                $"The data folder {root} is in use by another local host: stop that one first, "
                + "or choose another folder with --data.");
            return new DataFolder(root, held);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartUpProblem(
                $"The data folder {root} cannot be used ({problem.Message}): choose another one with --data.",
                problem);
        }
    }

    public void Dispose() => _lock.Dispose();

    private string Sub(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    private static byte[] RandomBytes() => RandomNumberGenerator.GetBytes(32);

    private string Secret(string name, Func<string> make)
    {
        var path = Path.Combine(Sub("keys"), name);
        if (!File.Exists(path))
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(make()));
        return File.ReadAllText(path).Trim();
    }
}
