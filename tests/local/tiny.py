"""Tiny models of the real kinds, from configurations with random weights: what they say is noise.

Each is saved to a folder, as `save_pretrained` does it, and loaded by the app like any other.
"""

import json
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    FlowMatchEulerDiscreteScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
    ZImagePipeline,
    ZImageTransformer2DModel,
)
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertTokenizer,
    BlipConfig,
    BlipForConditionalGeneration,
    BlipImageProcessor,
    BlipProcessor,
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    CLIPVisionConfig,
    Idefics3Config,
    Idefics3ForConditionalGeneration,
    Idefics3ImageProcessorPil,
    Idefics3Processor,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaProcessor,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3Model,
)

WORDS = ["a", "photo", "of", "dog", "cat", "in", "the", "park", "red", "ball", "on", "grass"]
SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
CHAT = (
    "{% for m in messages %}{{ m['role'] }} : {% for c in m['content'] %}"
    "{% if c['type'] == 'image' %}<image>{% else %}{{ c['text'] }}{% endif %} {% endfor %}"
    "{% endfor %}{% if add_generation_prompt %} assistant :{% endif %}"
)


def blip(folder: Path) -> Path:
    """A BLIP that captions, of the kind of Salesforce/blip-image-captioning-base."""
    torch.manual_seed(0)
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[DEC]", *WORDS]
    folder.mkdir(parents=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(names))
    tokenizer = BertTokenizer(str(vocabulary))
    text = {
        **SMALL,
        "vocab_size": len(names),
        "intermediate_size": 64,
        "encoder_hidden_size": 32,
        "bos_token_id": 5,
        "eos_token_id": 3,
        "sep_token_id": 3,
        "pad_token_id": 0,
    }
    vision = {**SMALL, "intermediate_size": 64, "image_size": 32, "patch_size": 16}
    config = BlipConfig(text_config=text, vision_config=vision, projection_dim=32)
    model = BlipForConditionalGeneration(config)
    model.save_pretrained(folder)
    pictures = BlipImageProcessor(size={"height": 32, "width": 32})
    BlipProcessor(pictures, tokenizer).save_pretrained(folder)
    return folder


def vision_language(folder: Path) -> Path:
    """A LLaVA: a vision-language model that chats."""
    torch.manual_seed(0)
    tokenizer = words("<pad>", "<unk>", "<s>", "</s>", "<image>")
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            **SMALL, intermediate_size=64, image_size=32, patch_size=16, projection_dim=32
        ),
        text_config=LlamaConfig(
            **SMALL,
            vocab_size=len(tokenizer),
            intermediate_size=64,
            num_key_value_heads=4,
            pad_token_id=0,
            bos_token_id=2,
            eos_token_id=3,
        ),
        image_token_index=4,
    )
    model = LlavaForConditionalGeneration(config)
    model.save_pretrained(folder)
    pictures = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    processor = LlavaProcessor(
        pictures,
        tokenizer,
        patch_size=16,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        image_token="<image>",
        chat_template=CHAT,
    )
    processor.save_pretrained(folder)
    return folder


def idefics3(folder: Path) -> Path:
    """A captioner of the kind of HuggingFaceTB/SmolVLM-Instruct."""
    torch.manual_seed(0)
    tiles = [f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)]
    special = ["<image>", "<fake_token_around_image>", "<global-img>", *tiles]
    tokenizer = words("<pad>", "<unk>", "<s>", "<end_of_utterance>", *special)
    image = tokenizer.convert_tokens_to_ids("<image>")
    text = {**SMALL, "intermediate_size": 64, "num_key_value_heads": 4, "pad_token_id": 0}
    config = Idefics3Config(
        vision_config={**SMALL, "intermediate_size": 64, "image_size": 32, "patch_size": 8},
        text_config=LlamaConfig(**text, vocab_size=len(tokenizer), bos_token_id=2, eos_token_id=3),
        scale_factor=2,
        image_token_id=image,
    )
    Idefics3ForConditionalGeneration(config).save_pretrained(folder)
    pictures = Idefics3ImageProcessorPil(
        size={"longest_edge": 64}, max_image_size={"longest_edge": 32}
    )
    processor = Idefics3Processor(pictures, tokenizer, image_seq_len=4, chat_template=CHAT)
    processor.save_pretrained(folder)
    as_transformers_4_saved_it(folder, "Idefics3ImageProcessor")
    return folder


def as_transformers_4_saved_it(folder: Path, pictures: str) -> None:
    """Name the files and classes of a processor as the Hub's repository of the model has them."""
    saved = folder / "processor_config.json"
    processor = json.loads(saved.read_text())
    parts = {"preprocessor_config.json": processor.pop("image_processor")}
    parts["preprocessor_config.json"]["image_processor_type"] = pictures
    if "video_processor" in processor:
        parts["video_preprocessor_config.json"] = processor.pop("video_processor")
    for name, part in parts.items():
        (folder / name).write_text(json.dumps(part))
    saved.write_text(json.dumps(processor))
    template = folder / "chat_template.jinja"
    (folder / "chat_template.json").write_text(json.dumps({"chat_template": template.read_text()}))
    template.unlink()


def z_image(folder: Path) -> Path:
    """A pipeline of the kind of Tongyi-MAI/Z-Image-Turbo.

    Its sizes are those of diffusers' own tests/pipelines/z_image/test_z_image.py.
    """
    torch.manual_seed(0)
    tokenizer = words("<pad>", "<unk>", "<s>", "</s>")
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    text = {**SMALL, "hidden_size": 16, "intermediate_size": 16, "num_key_value_heads": 4}
    pipeline = ZImagePipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKL(
            block_out_channels=(8, 16, 16, 16),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            latent_channels=16,
            norm_num_groups=4,
            sample_size=64,
            scaling_factor=0.3611,
            shift_factor=0.1159,
        ),
        text_encoder=Qwen3Model(Qwen3Config(**text, vocab_size=len(tokenizer), head_dim=4)),
        tokenizer=tokenizer,
        transformer=ZImageTransformer2DModel(
            in_channels=16,
            dim=32,
            n_layers=2,
            n_refiner_layers=1,
            n_heads=2,
            n_kv_heads=2,
            cap_feat_dim=16,
            axes_dims=[8, 4, 4],
            axes_lens=[1024, 32, 32],
        ),
    )
    pipeline.save_pretrained(folder)
    return folder


def words(
    pad: str, unknown: str, begin: str, end: str, *special: str, **named: str
) -> PreTrainedTokenizerFast:
    """A tokenizer that knows a few words, and begins every text as those of real models do.

    Args:
        pad: Fills up.
        unknown: Stands for other words.
        begin: Begins a text.
        end: Ends one.
        *special: What else is special.
        **named: What of that processors ask for by name, e.g. `image_token`.
    """
    names = [pad, unknown, begin, end, *special, "user", "assistant", ":", *WORDS]
    known = Tokenizer(WordLevel({name: n for n, name in enumerate(names)}, unk_token=unknown))
    known.pre_tokenizer = Whitespace()
    known.post_processor = TemplateProcessing(single=f"{begin} $A", special_tokens=[(begin, 2)])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=known,
        pad_token=pad,
        unk_token=unknown,
        bos_token=begin,
        eos_token=end,
        extra_special_tokens=named,
    )
    tokenizer.add_tokens(list(special), special_tokens=True)
    return tokenizer


def stable_diffusion(folder: Path) -> Path:
    """A Stable Diffusion that draws in any size, noise though it is."""
    torch.manual_seed(0)
    folder.mkdir(parents=True)
    letters = [*"abcdefghijklmnopqrstuvwxyz,."]
    names = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({name: n for n, name in enumerate(names)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = CLIPTokenizer(
        str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77
    )
    pipeline = StableDiffusionPipeline(
        vae=AutoencoderKL(
            block_out_channels=(8, 16, 16, 16),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            norm_num_groups=4,
            sample_size=64,
        ),
        text_encoder=CLIPTextModel(
            CLIPTextConfig(
                **SMALL,
                vocab_size=len(names),
                intermediate_size=64,
                bos_token_id=len(names) - 2,
                eos_token_id=len(names) - 1,
            )
        ),
        tokenizer=tokenizer,
        unet=UNet2DConditionModel(
            block_out_channels=(8, 16),
            layers_per_block=1,
            sample_size=8,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=32,
            attention_head_dim=4,
            norm_num_groups=4,
        ),
        scheduler=DDIMScheduler(steps_offset=1, clip_sample=False),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.save_pretrained(folder)
    return folder
