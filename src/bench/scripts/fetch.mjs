// The job with Node's own fetch. Arguments as every contender's: manifest, folder for outputs,
// base URL, requests in flight, manifest to get warm with or "-".
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

const [manifest, outputs, baseUrl, concurrency, warmUp] = process.argv.slice(2);
const address = `${baseUrl}/api/v1/client/job/detect-face-image`;
const headers = {
  'Content-Type': 'application/json',
  'x-api-key': process.env.CRUN_API_KEY ?? 'bench',
};

async function post(url) {
  const response = await fetch(address, {
    method: 'POST',
    headers,
    body: JSON.stringify({ image_url: url }),
  });
  return response.json();
}

async function work(manifest, folder) {
  mkdirSync(folder, { recursive: true });
  const success = createWriteStream(`${folder}/success.csv`);
  const deadLetter = createWriteStream(`${folder}/dead-letter.csv`);
  const lines = createInterface({ input: createReadStream(manifest) })[Symbol.asyncIterator]();
  const header = (await lines.next()).value;
  const column = header.split(',').indexOf('image_url');
  success.write(`${header},detect_task_id\n`);
  deadLetter.write(`${header},code,message\n`);

  async function loop() {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const { code, message, data } = await post(line.value.split(',')[column]);
      switch (code) {
        case 200:
          success.write(`${line.value},${data.detect_task_id}\n`);
          break;
        default:
          deadLetter.write(`${line.value},${code},${JSON.stringify(message)}\n`);
      }
    }
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, loop));
  success.end();
  deadLetter.end();
  await Promise.all([finished(success), finished(deadLetter)]);
}

if (warmUp !== '-') {
  await work(warmUp, `${outputs}/warm`);
}
const start = performance.now();
await work(manifest, outputs);
console.log(`seconds ${(performance.now() - start) / 1000}`);
process.exit(0);
