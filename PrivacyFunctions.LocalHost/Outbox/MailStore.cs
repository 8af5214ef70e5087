using System.Globalization;
using System.Text.Json;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>
/// The mails, one JSON file each (<c>0000000001.json</c>, readable by the owner only) and all of them in memory, which is
/// meant for one machine's thousands. A mail that was accepted survives a killed process. Safe for use from many threads.
/// </summary>
internal sealed class MailStore
{
    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly List<StoredMail> _mails;
    private long _lastId;
    private TaskCompletionSource _arrival = NewArrival();

    /// <summary>Loads what an earlier run has kept in <paramref name="folder"/>.</summary>
    /// <exception cref="StartUpProblem">A file there is no mail of this outbox.</exception>
    public MailStore(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _mails = [.. Directory.EnumerateFiles(_folder, "*.json").Select(Load).OrderBy(mail => mail.Id)];
        var lastDeleted = File.Exists(LastDeletedFile)
            ? long.Parse(File.ReadAllText(LastDeletedFile), CultureInfo.InvariantCulture)
            : 0;
        _lastId = Math.Max(lastDeleted, _mails is [.., var last] ? last.Id : 0);
    }

    // Ids go on after all mails are deleted, so that "after id N" keeps its meaning for a test that waits.
    private string LastDeletedFile => Path.Combine(_folder, "last-deleted-id");

    /// <summary>Keeps the mails under the next ids, in order; returns when they are on disk and can be found.</summary>
    public void Add(IEnumerable<StoredMail> mails)
    {
        TaskCompletionSource arrived;
        lock (_gate)
        {
            foreach (var mail in mails)
            {
                var numbered = mail with { Id = _lastId + 1 };
                AtomicFile.Write(FileOf(numbered.Id), JsonSerializer.SerializeToUtf8Bytes(numbered, JsonSerializerOptions.Web));
                _lastId = numbered.Id;
                _mails.Add(numbered);
            }

            (arrived, _arrival) = (_arrival, NewArrival());
        }

        arrived.SetResult();
    }

    /// <summary>Null when there is none of that id.</summary>
    public StoredMail? Find(long id)
    {
        lock (_gate)
            return _mails.Find(mail => mail.Id == id);
    }

    /// <summary>The mails that <paramref name="match"/>, oldest first,
    /// and a task that completes at the next arrival after this look.</summary>
    public (IReadOnlyList<StoredMail> Found, Task NextArrival) Look(Func<StoredMail, bool> match)
    {
        lock (_gate)
            return ([.. _mails.Where(match)], _arrival.Task);
    }

    /// <summary>One page for people, newest first, and how many mails there are in all.</summary>
    public (IReadOnlyList<StoredMail> Mails, int Total) Newest(int skip, int take)
    {
        lock (_gate)
            return ([.. _mails.AsEnumerable().Reverse().Skip(skip).Take(take)], _mails.Count);
    }

    /// <summary>Deletes every mail.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            AtomicFile.Write(
                LastDeletedFile, System.Text.Encoding.ASCII.GetBytes(_lastId.ToString(CultureInfo.InvariantCulture)));
            foreach (var mail in _mails)
                File.Delete(FileOf(mail.Id));
            _mails.Clear();
        }
    }

    private string FileOf(long id) => Path.Combine(_folder, id.ToString("D10", CultureInfo.InvariantCulture) + ".json");

    private static StoredMail Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredMail>(File.ReadAllBytes(path), JsonSerializerOptions.Web)
                ?? throw new JsonException("The file says null.");
        }
        catch (JsonException problem)
        {
            throw new StartUpProblem($"{path} is not a mail of this outbox: move it away, then start again.", problem);
        }
    }

    // Waiters must not run inside the lock, nor on the thread of the request that brought the mail.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
